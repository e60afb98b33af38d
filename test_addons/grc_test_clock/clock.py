import functools
import threading
from datetime import UTC, datetime
from pathlib import Path

import time_machine

from odoo import http, sql_db


class MovedClock:
    """The clock of this process, started again from the instant of a file."""

    def __init__(self, path):
        self._path = Path(path)
        self._stamp = None
        self._lock = threading.Lock()
        self._moved = None

    def look(self):
        """Move if the file is another one than last time."""
        if self._read_stamp() == self._stamp:
            return
        with self._lock:
            stamp = self._read_stamp()
            if stamp != self._stamp:
                self._move(datetime.fromisoformat(self._path.read_text().strip()))
                self._stamp = stamp

    def _read_stamp(self):
        # The file is replaced, not written in: its number changes, too.
        found = self._path.stat()
        return found.st_ino, found.st_mtime_ns

    def _move(self, instant):
        # UTC: a zone with a name would become the zone of the whole process.
        instant = instant.astimezone(UTC)
        if self._moved:
            self._moved.move_to(instant)
        else:
            self._moved = time_machine.travel(instant, tick=True).start()


def install(clock):
    """Make the server look at ``clock`` before whatever reads the hour."""
    clock.look()
    for owner, name in ((http.Application, "__call__"), (sql_db.Cursor, "__init__")):
        setattr(owner, name, _looking_first(clock, getattr(owner, name)))
    sql_db.BaseCursor.now = _now


def _looking_first(clock, method):
    @functools.wraps(method)
    def look_and_call(*args, **kwargs):
        clock.look()
        return method(*args, **kwargs)

    return look_and_call


def _now(cursor):
    """Return the instant of the transaction; core asks the database, not moved."""
    if cursor._now is None:
        cursor._now = datetime.now(UTC).replace(tzinfo=None)
    return cursor._now
