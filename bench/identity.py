"""Identity: our part of a sign-in, then one identity among 1 300 000 citizens.

``GRC_BENCH_TURNS`` says how many sign-ins of each kind are made (40),
``GRC_BENCH_CITIZENS`` how many citizens there are (1 300 000).
"""

import sys

from _common import report
from _identity_search import recognitions
from _identity_trip import trips


def main() -> int:
    """Run both; return the exit code."""
    return report("identity", trips() + recognitions())


if __name__ == "__main__":
    sys.exit(main())
