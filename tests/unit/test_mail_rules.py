"""A mail is read whatever it holds, and it is known who wrote it."""

import sys
from email.message import EmailMessage

import make_mails
import pytest
from grc_rules.grc_sve.mail import Mail, parse
from grc_rules.grc_sve.mail_kind import (
    classify,
    fails_authentication,
    has_null_return_path,
    identity,
    is_delivery_report,
    is_robot,
    is_safe_id,
    request_numbers,
)
from grc_rules.grc_sve.mail_text import (
    clean_text,
    decode_bytes,
    decode_header,
    html_to_text,
    repair,
    text_to_html,
    trim_quote,
    unflow,
    without_remote_content,
)
from hypothesis import given
from hypothesis import strategies as st

CORPUS = make_mails.corpus()
OWN = frozenset({"accueil@admiville.example.com"})


def raw(headers: str = "", body: str = "Bonjour", charset: str = "utf-8") -> bytes:
    head = f"From: Ode <ode@example.com>\nTo: a@example.org\n{headers}".strip("\n")
    return f"{head}\n\n{body}\n".encode(charset)


def kind(headers: str = "", body: str = "Bonjour") -> tuple[str, str, bool]:
    verdict = classify(parse(raw(headers, body)), OWN)
    return verdict.kind, verdict.cause, verdict.can_acknowledge


# === READING === #


def test_the_sample_mails_are_those_of_the_script():
    kept = {path.name: path.read_bytes() for path in make_mails.FOLDER.glob("*.eml")}
    assert kept == CORPUS


@given(st.binary(max_size=2000))
def test_any_bytes_are_read(content):
    assert isinstance(parse(content), Mail)


@given(
    st.sampled_from(sorted(CORPUS)),
    st.integers(0, 3000),
    st.binary(min_size=1, max_size=12),
)
def test_a_damaged_mail_is_read(name, place, damage):
    content = CORPUS[name]
    mail = parse(content[:place] + damage + content[place + len(damage) :])
    for text in (mail.subject, mail.text, mail.sender, mail.message_id):
        assert "\0" not in text
        text.encode()


def test_a_bottomless_mail_is_read():
    head = "".join(
        f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n'
        # Deeper than the stack of Python.
        for i in range(sys.getrecursionlimit() + 200)
    )
    assert parse(f"From: a@example.com\n{head}fond".encode()).sender == "a@example.com"


def test_python_s_own_strange_mails_are_read():
    folder = make_mails.strange_mails()
    if folder is None:
        pytest.skip("no Python here has its own test mails (test.test_email)")
    mails = [parse(path.read_bytes()) for path in sorted(folder.glob("*.txt"))]
    assert len(mails) > 40
    assert any(mail.files for mail in mails)


def test_headers_are_decoded_even_when_they_lie():
    mail = parse(CORPUS["13_wrong_charset.eml"])
    assert mail.sender == "eloise.garcon@example.com"
    assert mail.sender_name == "Éloïse Garçon"
    assert mail.subject == "Été à la piscine : 12 € ?"
    assert mail.text == "L’entrée coûte-t-elle toujours 12 € pour les élèves ?"


def test_a_broken_mail_keeps_its_sender_and_its_text():
    mail = parse(CORPUS["12_malformed.eml"])
    assert mail.sender == "loic.petit@example.com"
    assert mail.subject.startswith("Demande de renseignements")
    assert "Quels sont vos horaires ?" in mail.text


def test_html_alone_becomes_text():
    mail = parse(CORPUS["02_html_only.eml"])
    assert "- à la cantine," in mail.text
    assert "notre école (https://www.example.com/ecole)" in mail.text
    assert "alert" not in mail.text
    assert "color" not in mail.text


def test_of_two_versions_the_plain_one_is_read_and_the_html_kept():
    message = EmailMessage()
    message["From"] = "a@example.com"
    message.set_content("Le texte simple et complet.")
    message.add_alternative("<p>Le texte <b>mis en forme</b>.</p>", subtype="html")
    mail = parse(message.as_bytes())
    assert mail.text == "Le texte simple et complet."
    assert "<b>mis en forme</b>" in mail.html
    stub = EmailMessage()
    stub.set_content("Voir la version HTML.")
    stub.add_alternative(f"<p>{'Un long texte. ' * 40}</p>", subtype="html")
    assert parse(stub.as_bytes()).text.startswith("Un long texte.")


def test_a_forwarded_message_gives_its_text_and_its_files():
    mail = parse(CORPUS["04_forwarded.eml"])
    assert "trois semaines que le bruit dure" in mail.text
    assert "De : Paul Martin <paul.martin@example.com>" in mail.text
    assert [name for name, _data in mail.files] == ["mesures.txt"]


def test_logos_are_left_out_and_photographs_kept():
    for size, kept in ((2_000, []), (20_000, ["photo.png"])):
        message = EmailMessage()
        message.set_content('<img src="cid:p@x">', subtype="html")
        message.add_related(
            bytes(size),
            "image",
            "png",
            cid="<p@x>",
            filename="photo.png",
            disposition="inline",
        )
        assert [name for name, _data in parse(message.as_bytes()).files] == kept


def test_two_files_never_have_one_name():
    message = EmailMessage()
    message.set_content("Deux photos")
    for content in (b"a", b"b", b"c"):
        message.add_attachment(content, "image", "png", filename="photo.png")
    names = [name for name, _data in parse(message.as_bytes()).files]
    assert names == ["photo.png", "photo (2).png", "photo (3).png"]


def test_file_names_cannot_climb():
    message = EmailMessage()
    message.set_content("x")
    message.add_attachment(b"x", "text", "plain", filename="..\\..\\etc/../passwd.txt")
    assert [n for n, _d in parse(message.as_bytes()).files] == ["passwd.txt"]


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("é€".encode(), "utf-8", "é€"),
        ("é€".encode(), "iso-8859-1", "é€"),
        ("é€".encode("cp1252"), "utf-8", "é€"),
        ("é€".encode("cp1252"), "us-ascii", "é€"),
        ("é".encode("latin-1"), "iso-8859-1", "é"),
        ("é€".encode("iso-8859-15"), "iso-8859-15", "é€"),
        ("é".encode("utf-16"), "utf-16", "é"),
        (b"a\0b\xff", "x-inconnu", "abÿ"),
        (b"abc", None, "abc"),
    ],
)
def test_bytes_become_text_whatever_they_claim(content, charset, text):
    assert decode_bytes(content, charset) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?q?caf=C3=A9?=", "café"),
        ("=?utf-8?b?w6k=?= =?utf-8?b?w6k=?=", "éé"),
        ("=?utf-8?b?ww==?= =?utf-8?b?qQ==?=", "é"),
        ("=?iso-8859-1*fr?Q?=E9t=E9?= ici", "été ici"),
        ("=?utf-8?b?!!!?= reste", "reste"),
        ("un\r\n sujet\tplié", "un sujet\tplié"),
        ("déjà", "déjà"),
    ],
)
def test_headers_are_decoded(value, text):
    assert decode_header(value).strip() == text


def test_surrogates_are_read_and_never_kept():
    assert repair(b"\xe9t\xc3\xa9".decode("ascii", "surrogateescape"))
    assert clean_text("a\udce9\0\r\nb") == "a\nb"


def test_flowed_text_is_put_back_in_lines():
    assert unflow("Une ligne \ncoupée.\n> cité \n-- \nOde") == (
        "Une ligne coupée.\n> cité \n-- \nOde"
    )


def test_html_text_survives_bad_html():
    assert html_to_text("<p>a<p>b</b></td><![if !x]>c") == "a\n\nbc"
    assert html_to_text("a &lt;b&gt; &eacute;") == "a <b> é"


def test_nothing_remote_is_left_in_html():
    page = (
        '<body background="http://t.example/b"><p style="background:url(http://t)">a'
        '<img src="http://t.example/p.gif" alt="logo"></p><img src="cid:x"></body>'
    )
    kept = without_remote_content(page)
    assert "http" not in kept
    assert "[logo]" in kept
    assert "cid:" not in kept
    assert without_remote_content("") == "<div></div>"
    assert text_to_html("a<b\nc") == "a&lt;b<br/>\nc"


# === QUOTES === #


@pytest.mark.parametrize(
    ("text", "fresh"),
    [
        (
            "Oui.\n\nLe 3 mai 2026 à 10:00, Ode <o@example.com> a écrit :\n> A\n> B",
            "Oui.",
        ),
        ("Yes.\n\nOn Mon, 3 May 2026, Ode wrote:\n> A", "Yes."),
        (
            "Oui.\nLe lun. 3 mai 2026 à 10:00,\nOde <o@example.com> a écrit :\n\n> A",
            "Oui.",
        ),
        ("Oui.\n-----Message d'origine-----\nDe : Ode\nA", "Oui."),
        ("Oui.\n\nDe : Ode\nEnvoyé : hier\nÀ : moi\nObjet : A\n\ntexte", "Oui."),
        ("Oui.\n> A\n> B", "Oui."),
        ("> A\nOui.\n> B\nNon.", "> A\nOui.\n> B\nNon."),
        ("> A\n> B", "> A\n> B"),
        ("De : la mairie je n’attends rien", "De : la mairie je n’attends rien"),
        ("Le maire a écrit : venez.", "Le maire a écrit : venez."),
        ("", ""),
    ],
)
def test_the_quoted_message_is_cut_and_nothing_else(text, fresh):
    kept, quoted = trim_quote(text)
    assert kept == fresh
    assert (kept + quoted).replace("\n", "") == text.replace("\n", "")


# === WHO WROTE === #


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("", ("human", "", True)),
        ("Auto-Submitted: no", ("human", "", True)),
        ("X-Auto-Response-Suppress: DR, RN, NRN", ("human", "", True)),
        ("Return-Path: <ode@example.com>", ("human", "", True)),
        ("Auto-Submitted: auto-replied (vacation)", ("automatic", "auto_reply", False)),
        ("Auto-Submitted: auto-generated", ("automatic", "auto_reply", False)),
        ("X-Autoreply: yes", ("automatic", "auto_reply", False)),
        ("X-Autorespond: x", ("automatic", "auto_reply", False)),
        ("Precedence: auto_reply", ("automatic", "auto_reply", False)),
        (
            "Return-Path: <>\nSubject: Absence du bureau",
            ("automatic", "auto_reply", False),
        ),
        (
            "X-Auto-Response-Suppress: All\nSubject: Réponse automatique : A",
            ("automatic", "auto_reply", False),
        ),
        ("Subject: Réponse automatique du portail ?", ("human", "", True)),
        ("X-Auto-Response-Suppress: All", ("human", "bulk", False)),
        ("Precedence: bulk", ("human", "bulk", False)),
        ("List-Id: <a.example.com>", ("human", "bulk", False)),
        ("List-Unsubscribe: <mailto:a@example.com>", ("human", "bulk", False)),
        ("Return-Path: <>", ("human", "bulk", False)),
        ("X-Failed-Recipients: a@example.com", ("bounce", "bounce", False)),
        (
            "Return-Path: <>\nSubject: Undelivered Mail Returned to Sender",
            ("bounce", "bounce", False),
        ),
        (
            "Content-Type: multipart/report; report-type=disposition-notification",
            ("automatic", "receipt", False),
        ),
    ],
)
def test_the_kind_of_a_mail(headers, expected):
    assert kind(headers) == expected


def test_odd_senders_are_kept_and_not_acknowledged():
    own = parse(b"From: accueil@admiville.example.com\n\nx")
    assert classify(own, OWN).cause == "own_address"
    local = parse(b"From: root@localhost\n\nx")
    assert classify(local, OWN).cause == "odd_sender"
    only_path = parse(b"Return-Path: <ode@example.com>\nSubject: x\n\nx")
    assert classify(only_path, OWN).cause == "odd_sender"
    assert only_path.sender == "ode@example.com"
    nobody = parse(b"Subject: x\n\nx")
    assert classify(nobody, OWN) == classify(parse(b""), OWN)
    assert classify(nobody, OWN).kind == "nobody"


def test_a_returned_message_is_recognised():
    mail = parse(CORPUS["09_delivery_failure.eml"])
    assert is_delivery_report(mail)
    assert has_null_return_path(mail)
    assert mail.returned.ids == (make_mails.ACK_ID, make_mails.PLAIN_ID)
    assert mail.returned.recipient == "marie.dupont@example.com"
    assert (mail.returned.status, mail.returned.action) == ("5.1.1", "failed")
    assert mail.returned.diagnostic == "550 5.1.1 user unknown"
    assert classify(mail, OWN).kind == "bounce"


def test_a_late_message_has_not_failed():
    late = CORPUS["09_delivery_failure.eml"].replace(b"failed", b"delayed")
    assert classify(parse(late), OWN).kind == "automatic"
    assert classify(parse(late), OWN).cause == "report"
    old = b"From: Mailer-Daemon@example.com\nSubject: Warning: could not send, "
    assert classify(parse(old + b"delayed\n\nx"), OWN).cause == "report"


def test_robots_are_recognised_on_the_samples():
    robots = [name for name, content in CORPUS.items() if is_robot(parse(content))]
    assert robots == ["08_auto_reply.eml", "09_delivery_failure.eml"]


def test_only_a_failed_authentication_is_believed():
    assert not fails_authentication(parse(raw()))
    assert not fails_authentication(
        parse(raw("Authentication-Results: mx; dmarc=pass"))
    )
    assert fails_authentication(
        parse(raw("Authentication-Results: mx; spf=pass; dmarc=fail (p=none)"))
    )


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Marie Dupont", ("Dupont", "Marie")),
        ("DUPONT Marie-Laure", ("DUPONT", "Marie-Laure")),
        ("Marie-Laure DE LA TOUR", ("DE LA TOUR", "Marie-Laure")),
        ("Dupont, Marie", ("Dupont", "Marie")),
        ("Marie du Pont", ("du Pont", "Marie")),
        ("Sofia", ("Sofia", None)),
        ("'Ode Petit'", ("Petit", "Ode")),
        ("ode@example.com", (None, None)),
        ("", (None, None)),
    ],
)
def test_the_name_of_the_sender(name, values):
    known = identity(name)
    assert known.get("requester_lastname") == values[0]
    assert known.get("requester_firstname") == values[1]


def test_associations_and_companies_are_recognised():
    assert identity("Association Les Tréteaux")["requester_kind"] == "association"
    assert identity("Menuiserie Petit SARL")["requester_kind"] == "company"


def test_numbers_and_identifiers():
    assert request_numbers("Re: [2026-000123] 2026-000124, 12026-0001255") == (
        "2026-000123",
        "2026-000124",
    )
    assert is_safe_id("<a.b@example.com>")
    for bad in ("", "<a b@c>", "a@b", "<é@b>", "<a@b>\r\nBcc: <c@d>", f"<{'a' * 300}>"):
        assert not is_safe_id(bad)


# === THE SAME MAIL TWICE === #


def test_one_sending_has_one_key_whatever_its_way():
    first = parse(CORPUS["11_duplicate_1.eml"])
    second = parse(CORPUS["11_duplicate_2.eml"])
    assert first.key == second.key
    assert first.content_sha256 == second.content_sha256


def test_without_identifier_the_content_and_the_date_make_the_key():
    content = CORPUS["14_no_message_id.eml"]
    again = parse(b"Received: by relais\r\nReturn-Path: <a@example.com>\r\n" + content)
    assert again.key == parse(content).key
    assert again.key.startswith("sha256:")
    later = parse(content.replace(b"15 Sep", b"16 Sep"))
    assert later.key != again.key
