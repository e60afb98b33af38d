"""A service of tiles on this machine, that may fail in every way."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PICTURE = b"\x89PNG\r\n\x1a\n" + b"a square of the town"
LARGE = PICTURE + b"x" * 600_000


class FakeTiles:
    """Keeps the paths that it was asked.

    :ivar fault: empty, ``html``, ``liar`` (a page called a picture), ``text`` (the
        contrary), ``large``, ``slow``, ``redirect``, ``missing`` or ``down``
    """

    def __init__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.template = f"{self.base}/{{z}}/{{x}}/{{y}}.png"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.reset()

    def reset(self):
        self.fault, self.paths, self.picture = "", [], PICTURE

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self):
        """Return the status, the kind and the bytes of the next answer."""
        page = b"<!DOCTYPE html><script>alert(1)</script>"
        return {
            "html": (200, "text/html", page),
            "liar": (200, "image/png", page),
            "text": (200, "text/plain", PICTURE),
            "large": (200, "image/png", LARGE),
            "redirect": (302, "image/png", b""),
            "missing": (404, "text/plain", b""),
            "down": (503, "text/plain", b""),
        }.get(self.fault, (200, "image/png", self.picture))

    def _handler(self):
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                fake.paths.append(self.path)
                status, kind, body = fake.answer()
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", f"{fake.base}/moved.png")
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if fake.fault == "slow":
                    time.sleep(2)
                try:
                    self.wfile.write(body)
                except OSError:
                    return

            def log_message(self, *_args):
                return

        return Handler
