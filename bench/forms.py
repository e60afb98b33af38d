"""Forms: a page of sixty questions, then a hundred thousand requests by an answer.

``GRC_BENCH_TURNS`` says how many times each page is asked (40), ``GRC_BENCH_ROWS`` how
many requests are searched (100 000).
"""

import sys

from _common import report
from _form_pages import pages
from _form_search import searches


def main() -> int:
    """Run both; return the exit code."""
    return report("forms", pages() + searches())


if __name__ == "__main__":
    sys.exit(main())
