"""What the application answers: pure functions, so that they can be tested without a server."""

import html
import json


def greeting(name):
    """The line that greets `name`; a blank name greets the world."""
    return f"Hello, {name.strip() or 'world'}!"


def page(name, version, instance):
    """The home page as HTML text."""
    title = html.escape(greeting(name))
    return (
        "<!doctype html>\n"
        '<html lang="en">\n'
        f"<head><meta charset=\"utf-8\"><title>{title}</title></head>\n"
        f"<body><h1>{title}</h1>\n"
        f"<p>Version {html.escape(version)} on {html.escape(instance)}.</p></body>\n"
        "</html>\n"
    )


def health(version):
    """The status and the JSON body of the health check."""
    return 200, json.dumps({"status": "ok", "version": version})
