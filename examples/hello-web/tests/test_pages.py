import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "app"))

import pages


class GreetingTest(unittest.TestCase):
    def test_greets_by_name(self):
        self.assertEqual(pages.greeting("Ada"), "Hello, Ada!")

    def test_greets_the_world_without_a_name(self):
        self.assertEqual(pages.greeting("  "), "Hello, world!")


class PageTest(unittest.TestCase):
    def test_shows_version_and_instance(self):
        self.assertIn("Version 1.2 on web-1.", pages.page("", "1.2", "web-1"))

    def test_escapes_what_the_visitor_typed(self):
        self.assertNotIn("<script>", pages.page("<script>", "1", "web-1"))


class HealthTest(unittest.TestCase):
    def test_names_the_version(self):
        _, body = pages.health("1.2")
        self.assertEqual(json.loads(body)["version"], "1.2")


if __name__ == "__main__":
    unittest.main()
