"""Read the results of tests and say them shortly.

odoo LOG RESULT          show the failures and warnings of an Odoo test log
lint LOG ADDONS          show what Odoo's test_lint says of the addons in a folder
total FOLDER PART...     add up the parts and print the closing line
"""

import pathlib
import re
import sys
from xml.etree import ElementTree

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+?): "
)
OUTCOME = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
SKIPPED = re.compile(r": skipped \S+ : ")
BAD = ("WARNING", "ERROR", "CRITICAL")
LONGEST = 80


def entries(path):
    """Yield (level, logger, text) of each entry, with the lines that belong to it."""
    level = logger = None
    lines = []
    with open(path, encoding="utf-8", errors="replace") as log:
        for line in log:
            match = LINE.match(line)
            if not match:
                lines.append(line)
                continue
            if level:
                yield level, logger, "".join(lines)
            level, logger = match["level"], match["logger"]
            lines = [line]
    if level:
        yield level, logger, "".join(lines)


def show(text):
    lines = text.rstrip().splitlines()
    if len(lines) > LONGEST:
        lines = [*lines[:20], "    [...]", *lines[20 - LONGEST :]]
    print("\n".join(lines))


def odoo(log, result):
    """A warning is a failure too; a log without an outcome is a failure."""
    failed = tests = skipped = 0
    reported = False
    clean = True
    for level, logger, text in entries(log):
        outcome = OUTCOME.search(text) if "tests when loading" in text else None
        if outcome:
            reported = True
            failed += int(outcome[1]) + int(outcome[2])
            tests += int(outcome[3])
        elif level in BAD:
            clean = False
            show(text)
        elif level == "INFO" and ".tests." in logger and SKIPPED.search(text):
            skipped += 1
    if not reported:
        print("Odoo did not come to the end of its tests.")
        print(tail(log))
    if not failed and not (clean and reported):
        failed = 1
        print("Every test passed, but the log has warnings or errors.")
    skipped = min(skipped, tests)
    passed = max(tests - failed - skipped, 0)
    pathlib.Path(result).write_text(f"{passed} {failed} {skipped}", encoding="utf-8")
    print(f"Odoo: {passed} of {tests} tests passed")
    return bool(failed)


def tail(log, count=20):
    with open(log, encoding="utf-8", errors="replace") as lines:
        return "".join(lines.readlines()[-count:])


def lint(log, addons):
    """Only findings that name a file or a module of ours count."""
    ours = {path.parent.name for path in pathlib.Path(addons).glob("*/__manifest__.py")}
    named = re.compile(
        re.escape(addons) + r"|\b(" + "|".join(map(re.escape, sorted(ours))) + r")\b"
    )
    ended = found = False
    for level, _logger, text in entries(log):
        if "tests when loading" in text:
            ended = True
        elif level in BAD and named.search(text):
            found = True
            show(text)
    if not ended:
        print("test_lint did not come to its end.")
        print(tail(log))
    return found or not ended


def counts(folder, part):
    """Return (passed, failed, skipped) of a part, or None if it left no result."""
    halves = sorted(pathlib.Path(folder).glob(f"{part}-*.txt"))
    if halves:
        texts = [half.read_text(encoding="utf-8").split() for half in halves]
        return tuple(sum(map(int, column)) for column in zip(*texts, strict=True))
    junit = pathlib.Path(folder, f"{part}.xml")
    if not junit.exists():
        return None
    total = failed = skipped = 0
    for suite in ElementTree.parse(junit).getroot().iter("testsuite"):
        total += int(suite.get("tests"))
        failed += int(suite.get("failures")) + int(suite.get("errors"))
        skipped += int(suite.get("skipped"))
    return max(total - failed - skipped, 0), failed, skipped


def total(folder, *words):
    """A part that ran no test has failed, unless only some tests were asked for."""
    some = "--some" in words
    parts = [word for word in words if word != "--some"]
    passed = failed = skipped = 0
    for part in parts:
        result = counts(folder, part)
        if result is None or (not any(result) and not (some and len(parts) > 1)):
            print(f"{part}: no test ran")
            failed += 1
            continue
        passed, failed, skipped = (
            passed + result[0],
            failed + result[1],
            skipped + result[2],
        )
    if not passed and not failed:
        print("No test ran.")
        failed = 1
    print()
    print(
        f"{passed} passed, {failed} failed" + (f", {skipped} skipped" * bool(skipped))
    )
    return bool(failed)


if __name__ == "__main__":
    commands = {"odoo": odoo, "lint": lint, "total": total}
    sys.exit(int(commands[sys.argv[1]](*sys.argv[2:])))
