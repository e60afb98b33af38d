import importlib.util
from pathlib import Path

from .mail_common import MailIntakeCase, letter

_SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "make_mails.py"


def _make_mails():
    """Return the script of the sample mails, None without the rest of the project."""
    if not _SCRIPT.is_file():
        return None
    spec = importlib.util.spec_from_file_location("make_mails", _SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestMailCorpus(MailIntakeCase):
    """Number fed = requests + additions + rows of the journal of another outcome."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_mails = _make_mails()
        if cls.make_mails is None:
            cls.skipTest(cls, "the sample mails are not installed with the addon")

    def _account(self, raws):
        before = self.requests.search_count([])
        rows = self._feed(*raws)
        self.assertEqual(len(rows), len(raws))
        self.assertFalse(rows.filtered(lambda r: r.state in ("received", "error")))
        self.assertNotIn(False, rows.mapped("cause"))
        made = rows.filtered(lambda row: row.state == "request")
        self.assertEqual(len(made.request_id), len(made))
        self.assertEqual(self.requests.search_count([]) - before, len(made))
        return rows

    def test_the_sample_mails_end_as_they_should(self):
        corpus = self.make_mails.corpus()
        rows = self._account([corpus[name] for name in sorted(corpus)])
        states = dict(zip(sorted(corpus), rows.mapped("state"), strict=True))
        other = {
            "06_reply_to_acknowledgement.eml": "addition",
            "07_reply_from_another_address.eml": "addition",
            "08_auto_reply.eml": "automatic",
            "09_delivery_failure.eml": "bounce",
            "11_duplicate_2.eml": "duplicate",
            "17_without_sender.eml": "unroutable",
        }
        self.assertEqual(
            {name: state for name, state in states.items() if state != "request"}, other
        )
        by_name = dict(zip(sorted(corpus), rows, strict=True))
        first = by_name["01_plain.eml"].request_id
        for name in ("06_reply_to_acknowledgement", "08_auto_reply"):
            self.assertEqual(by_name[f"{name}.eml"].request_id, first)
        # The notice names an address only: the last message that left for it, which
        # acknowledges the reply (06).
        bounced = by_name["09_delivery_failure.eml"].delivery_id
        self.assertEqual(bounced, first.delivery_ids.sorted("id")[-1:])
        self.assertEqual(bounced.kind, "addition")
        again = self._account([corpus[name] for name in sorted(corpus)])
        self.assertEqual(
            set(again.mapped("state")), {"duplicate"}, "fed again, nothing more is made"
        )

    def test_python_s_own_strange_mails_are_all_accounted_for(self):
        folder = self.make_mails.strange_mails()
        if folder is None:
            self.skipTest("no Python here has its own test mails (test.test_email)")
        paths = sorted(folder.glob("*.txt"))
        self.assertGreater(len(paths), 40)
        rows = self._account([path.read_bytes() for path in paths])
        self.assertEqual(rows.mapped("size_bytes"), [p.stat().st_size for p in paths])

    def test_a_mail_of_25_megabytes_is_a_request(self):
        raw = self.make_mails.large()
        self.assertGreater(len(raw), 24_900_000)
        (row,) = self._account([raw])
        self.assertEqual(row.state, "request")

    def test_damaged_mails_are_all_accounted_for(self):
        raw = letter("Été\n" * 30, Subject="Été").as_bytes()
        damaged = [raw[:cut] for cut in range(0, len(raw), 97)]
        damaged += [raw.replace(b"\n", b"\0", 3), raw * 3, raw.upper()]
        self._account(damaged)
