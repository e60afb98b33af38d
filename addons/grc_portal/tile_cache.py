"""Tiles kept on the disk of the server, never more than so many bytes.

Files, and not a table: they may be lost, they weigh nothing in the database and its
backups, and a page that shows a map writes nothing there. The folder is parted in 256
by the key, each with its share of the limit: keeping one tile looks at one part alone,
and processes need no lock between them.
"""

import hashlib
import os
import tempfile
import time
from pathlib import Path

PARTS = 256


def key_of(text: str) -> str:
    """Return the name under which what ``text`` names is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


class TileCache:
    """A folder of tiles; what fails on the disk is as if it were not kept.

    :param limit: bytes, at most, of all the tiles
    """

    def __init__(self, folder: Path, limit: int):
        self.folder = folder
        self.share = limit // PARTS

    def find(self, key: str) -> tuple[bytes, float]:
        """Return a tile and its age in seconds; no byte when it is not kept."""
        path = self._path(key)
        try:
            body = path.read_bytes()
            return body, max(0.0, time.time() - path.stat().st_mtime)
        except OSError:
            return b"", 0.0

    def keep(self, key: str, body: bytes) -> None:
        """Keep a tile; the oldest ones of its part leave when the share is full."""
        path = self._path(key)
        if len(body) > self.share:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._make_room(path, len(body))
            _write_whole(path, body)
        except OSError:
            return

    def _path(self, key):
        return self.folder / key[:2] / key

    def _make_room(self, path, size):
        kept = []
        for entry in os.scandir(path.parent):
            if entry.name != path.name:
                stat = entry.stat()
                kept.append((stat.st_mtime, stat.st_size, entry.path))
        total = size + sum(one[1] for one in kept)
        for _age, weight, name in sorted(kept):
            if total <= self.share:
                return
            Path(name).unlink(missing_ok=True)
            total -= weight

    # === WHEN THE SERVICE IS DOWN === #

    def pause(self, name: str) -> None:
        """Remember, for all the processes, that a service has just failed."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"down-{key_of(name)[:16]}").touch()
        except OSError:
            return

    def resume(self, name: str) -> None:
        (self.folder / f"down-{key_of(name)[:16]}").unlink(missing_ok=True)

    def is_paused(self, name: str, seconds: float) -> bool:
        """Tell whether a service failed less than so many seconds ago."""
        try:
            mark = (self.folder / f"down-{key_of(name)[:16]}").stat().st_mtime
        except OSError:
            return False
        return time.time() - mark < seconds


def _write_whole(path, body):
    """Write a file that another process never reads half written."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(body)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
