"""The web server around pages.py."""

import os
import pathlib
import socket
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pages

HERE = pathlib.Path(__file__).parent
VERSION_FILE = HERE / "VERSION"
VERSION = VERSION_FILE.read_text().strip() if VERSION_FILE.exists() else "development"
INSTANCE = os.environ.get("HELLO_INSTANCE") or socket.gethostname()
PORT = int(os.environ.get("HELLO_PORT", "8080"))


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        if url.path == "/":
            name = urllib.parse.parse_qs(url.query).get("name", [""])[0]
            self.answer(200, "text/html; charset=utf-8", pages.page(name, VERSION, INSTANCE))
        elif url.path == "/health":
            status, body = pages.health(VERSION)
            self.answer(status, "application/json", body)
        else:
            self.answer(404, "text/plain; charset=utf-8", "There is no such page.\n")

    def answer(self, status, content_type, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
