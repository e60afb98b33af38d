"""Once everything was played: nothing left twice, every page was looked at."""

from collections import Counter

import polib
from consistency.language_checks import translated_addons
from consistency.tree import Tree

from .mails import addresses, pdf_files, read_pdf, text_of
from .servers import ROOT, grc
from .words import wrong_words_in


def test_no_mail_left_twice(mailbox, odoo):
    mails = mailbox.all()
    assert mails
    identifiers = Counter(mail["Message-ID"] for mail in mails)
    assert max(identifiers.values()) == 1, identifiers.most_common(3)
    texts = Counter((str(addresses(m)), m["Subject"], text_of(m)) for m in mails)
    assert max(texts.values()) == 1, texts.most_common(1)


def test_mails_are_in_french(mailbox):
    for mail in mailbox.all():
        papers = [read_pdf(content)[0] for content in pdf_files(mail)]
        for text in (mail["Subject"], text_of(mail), *papers):
            assert not wrong_words_in(text), text


def test_pages_were_looked_at(check):
    assert len(check.seen) > 20, check.seen


def test_translations_know_every_term_of_the_product(odoo, tmp_path):
    """Odoo's own export is the judge: consistency only reads what is in the files."""
    addons = translated_addons(Tree(ROOT))
    names, export = [addon.name for addon in addons], tmp_path / "all.pot"
    options = ["-d", odoo.database, "-l", "pot", "-o", str(export)]
    grc("odoo", "i18n", "export", *options, *names)
    exported = {term.msgid for term in polib.pofile(str(export))}
    files = [str(addon / "i18n" / f"{addon.name}.pot") for addon in addons]
    known = {term.msgid for file in files for term in polib.pofile(file)}
    assert exported
    assert not exported - known, f"export {names} again: {sorted(exported - known)}"
    assert not known - exported, f"export {names} again: {sorted(known - exported)}"
