"""Gives a server under test the day and the hour that a test asks for.

The file that ``GRC_TEST_CLOCK`` names holds an instant in ISO 8601, with its offset;
a test writes another one when it wants another day. The clock starts from there and
ticks, for the whole process and whatever its threads. The file is looked at when a
request comes in and when a cursor opens: nothing waits, nothing is polled.
"""

import os

from .clock import MovedClock, install


def post_load():
    # Without the variable the server refuses the module: no clock moves by mistake.
    install(MovedClock(os.environ["GRC_TEST_CLOCK"]))
