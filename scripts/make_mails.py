"""Write the sample mails of ``tests/data/mails``: the same bytes at each run.

They are fed in the order of their names: the answers come after what they answer.
``./grc mail -d NAME tests/data/mails/*.eml``
"""

import base64
import shutil
import struct
import subprocess
import sys
import zlib
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "data" / "mails"
TOWN = "admiville.example.com"
PLAIN_ID = "<plain-0001@courriel.example.com>"
ACK_ID = f"<177000000001.42.grc-2026-000999@{TOWN}>"
MARIE = "Marie Dupont <marie.dupont@example.com>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
PDF += b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
FLOOD = 25
PYTHONS = ("python3", "python3.11", "python3.12", "python3.13")


def png(side: int = 64) -> bytes:
    """Return a small grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        seal = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", seal)

    rows = b"".join(b"\0" + bytes([128] * side) for _row in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def mail(name: str, to: str, subject: str, text: str | None = None, **headers):
    """Return a mail of Marie Dupont, whose identifier comes from its name."""
    message = EmailMessage(policy=SMTP)
    message["From"] = headers.pop("From", MARIE)
    message["To"] = to if "@" in to else f"{to}@{TOWN}"
    message["Subject"] = subject
    message["Date"] = "Tue, 15 Sep 2026 08:30:00 +0200"
    message["Message-ID"] = headers.pop(
        "Message_ID", f"<{name}-0001@courriel.example.com>"
    )
    for key, value in headers.items():
        message[key.replace("_", "-")] = value
    if text is not None:
        message.set_content(text, cte="quoted-printable")
    return message


def seal(message: EmailMessage, name: str) -> bytes:
    """Return the bytes, with boundaries that do not change from a run to the next."""
    for rank, part in enumerate(message.walk()):
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            part.set_boundary(f"=-{name}-{rank}")
    return message.as_bytes()


# === MAILS OF PEOPLE === #


def plain():
    return mail(
        "plain",
        "etat-civil",
        "Copie de mon acte de naissance",
        "Bonjour,\n\nje suis née à Admiville le 3 mars 1984 et je voudrais une copie "
        "intégrale de mon acte de naissance, pour mon mariage.\n\nMerci d’avance,\n"
        "Marie Dupont\n5 rue du Puits, 99000 Admiville\n",
    )


def html_only():
    message = mail("html_only", "scolaire", "Inscription à la cantine")
    message.set_content(
        "<html><head><style>p {color: #333}</style></head><body>"
        "<h1>Bonjour,</h1><p>Ma fille <b>Léa</b> entre en CP. Pouvez-vous "
        "l’inscrire :</p><ul><li>à la cantine,</li><li>à l’étude.</li></ul>"
        '<p>Voir <a href="https://www.example.com/ecole">notre école</a>.</p>'
        '<img src="https://suivi.example.com/pixel.gif" width="1" height="1">'
        "<script>alert('non')</script></body></html>",
        subtype="html",
        cte="quoted-printable",
    )
    return message


def pdf_and_photo():
    message = mail(
        "pdf_and_photo",
        "technique",
        "Trou dans la chaussée, rue du Puits",
        "Bonjour,\n\nvoici le plan et une photo.\n",
    )
    message.add_attachment(
        PDF, maintype="application", subtype="pdf", filename="Plan n° 1.pdf"
    )
    message.add_attachment(png(), maintype="image", subtype="png", filename="trou.png")
    return message


def forwarded():
    inner = mail(
        "inner",
        "voisin@example.com",
        "Bruit la nuit",
        "Cela fait trois semaines que le bruit dure.\n",
        From="Paul Martin <paul.martin@example.com>",
    )
    inner.add_attachment(
        b"22 h 40 : 68 dB\n23 h 10 : 71 dB\n",
        maintype="text",
        subtype="plain",
        filename="mesures.txt",
    )
    inner.set_boundary("=-forwarded-inner")
    message = mail(
        "forwarded", "accueil", "Fwd: Bruit la nuit", "Je vous transmets ceci.\n"
    )
    message.add_attachment(inner)
    return message


def forwarded_inline():
    return mail(
        "forwarded_inline",
        "social",
        "TR: Aide au chauffage",
        "Bonjour, voici ce que m’écrit ma mère.\n\n"
        "-----Message d'origine-----\nDe : Jeanne Dupont <jeanne@example.com>\n"
        "Envoyé : lundi 14 septembre 2026\nÀ : Marie Dupont\nObjet : Chauffage\n\n"
        "Je n’arrive plus à payer le chauffage.\n",
    )


def reply_to_acknowledgement():
    """References its own first mail, as ours does: no number to guess from a file."""
    return mail(
        "reply",
        "etat-civil",
        "Re: Accusé d’enregistrement électronique",
        "Bonjour,\n\nj’ai oublié le nom de mon père : Jean Dupont.\n\n"
        f"Le mar. 15 sept. 2026 à 09:00, État civil <etat-civil@{TOWN}> a écrit :\n"
        "> Bonjour,\n> votre demande a été reçue le mardi 15 septembre 2026.\n",
        In_Reply_To=ACK_ID,
        References=f"{PLAIN_ID} {ACK_ID}",
    )


def reply_from_another_address():
    return mail(
        "reply_other",
        "etat-civil",
        "Re: Accusé d’enregistrement électronique",
        "Je suis sa sœur : envoyez-moi plutôt la copie.\n",
        From="Claire Dupont <claire.dupont@example.net>",
        In_Reply_To=ACK_ID,
        References=f"{PLAIN_ID} {ACK_ID}",
    )


def unknown_alias():
    return mail(
        "unknown_alias",
        "monsieur.le.maire",
        "Demande de rendez-vous",
        "Monsieur le Maire,\n\nje souhaite vous rencontrer.\n",
    )


def duplicate(path: str):
    message = mail(
        "duplicate",
        "culture",
        "Prêt de la salle des fêtes",
        "Bonjour,\n\nla salle est-elle libre le 10 octobre ?\n",
    )
    message["Received"] = f"from {path}.example.com by mx.{TOWN}; 15 Sep 2026"
    return message


def refused_files():
    message = mail(
        "refused_files", "economie", "Mon dossier", "Voici mon dossier complet.\n"
    )
    message.add_attachment(
        b"MZ\x90\0" + bytes(200),
        maintype="application",
        subtype="octet-stream",
        filename="dossier.exe",
    )
    message.add_attachment(
        PDF, maintype="application", subtype="pdf", filename="kbis.pdf"
    )
    return message


def mailing_list():
    return mail(
        "mailing_list",
        "culture",
        "[asso] Programme d’octobre",
        "Bonjour à tous,\nvoici le programme.\n",
        From="Association Les Tréteaux <bonjour@treteaux.example.com>",
        List_Id="<asso.treteaux.example.com>",
        Precedence="list",
    )


def no_message_id():
    message = mail(
        "no_message_id", "sports", "Créneau au gymnase", "Le mardi soir, si possible.\n"
    )
    del message["Message-ID"]
    return message


def flood(rank: int):
    return mail(
        f"flood_{rank:02}",
        "accueil",
        f"Signalement {rank}",
        f"Ceci est mon message numéro {rank}.\n",
        From="Robert Moulin <robert.moulin@example.org>",
    )


def large(megabytes: int = 25) -> bytes:
    """Return a mail of that size, for tests: too large to be kept here."""
    message = mail("large", "technique", "Film du chantier", "Le film est joint.\n")
    content = b"\0\0\0\x18ftypmp42" + bytes(int(megabytes * 1024 * 1024 * 0.73))
    message.add_attachment(
        content, maintype="video", subtype="mp4", filename="chantier.mp4"
    )
    return seal(message, "large")


# === MAILS OF MACHINES === #


def auto_reply():
    return mail(
        "auto_reply",
        "etat-civil",
        "Réponse automatique : Accusé d’enregistrement électronique",
        "Je suis absente jusqu’au 30 septembre.\n",
        In_Reply_To=ACK_ID,
        References=f"{PLAIN_ID} {ACK_ID}",
        Auto_Submitted="auto-replied (vacation)",
        X_Auto_Response_Suppress="All",
    )


def delivery_failure() -> bytes:
    lines = f"""Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: bounce@{TOWN}
Subject: Undelivered Mail Returned to Sender
Date: Tue, 15 Sep 2026 08:31:00 +0200
Message-ID: <delivery-failure-0001@mx.example.com>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=-dsn"

--=-dsn
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered to one or more recipients.

<marie.dupont@example.com>: user unknown

--=-dsn
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; marie.dupont@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--=-dsn
Content-Type: text/rfc822-headers

From: etat-civil@{TOWN}
To: marie.dupont@example.com
Subject: Accuse d'enregistrement
Message-ID: {ACK_ID}
References: {PLAIN_ID}

--=-dsn--
"""
    return lines.replace("\n", "\r\n").encode()


# === BROKEN MAILS === #


def malformed() -> bytes:
    """No blank line, a boundary that never comes, base64 that is none."""
    return (
        b"From: =?utf-8?q?Lo=C3=AFc?= Petit <loic.petit@example.com\r\n"
        b"To: accueil@admiville.example.com, \r\n"
        b"Subject: =?utf-8?b?RGVtYW5kZSBkZSByZW5zZWlnbmVtZW50cw==?= =?x?q?=ZZ?=\r\n"
        b"Date: hier matin\r\nMessage-ID: malformed 0001\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=nulle-part\r\n"
        b"ceci n'est pas un en-tete\r\n\r\n"
        b"--ailleurs\r\nContent-Type: text/plain; charset=inconnu-8\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n"
        b"Quels sont vos horaires ?\xff\r\n"
    )


def wrong_charset() -> bytes:
    """Announces ASCII, holds Windows bytes, in its headers too."""
    head = (
        "From: Éloïse Garçon <eloise.garcon@example.com>\r\n"
        f"To: sports@{TOWN}\r\nSubject: Été à la piscine : 12 € ?\r\n"
        "Date: Tue, 15 Sep 2026 08:30:00 +0200\r\n"
        "Message-ID: <wrong-charset-0001@courriel.example.com>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    text = "L’entrée coûte-t-elle toujours 12 € pour les élèves ?\r\n"
    return (head + text).encode("cp1252")


def without_sender() -> bytes:
    return (
        f"To: accueil@{TOWN}\r\nSubject: (sans objet)\r\n"
        "Message-ID: <without-sender-0001@courriel.example.com>\r\n\r\n"
        "Un message sans expéditeur.\r\n"
    ).encode()


def base64_text() -> bytes:
    """A plain text wholly in base64, as some telephones send it."""
    text = base64.encodebytes("Bonjour, où voter ?\n".encode()).decode()
    return (
        "From: Sofia <sofia@example.com>\r\n"
        f"To: Accueil <accueil@{TOWN}>\r\n"
        "Subject: =?UTF-8?B?QnVyZWF1IGRlIHZvdGU=?=\r\n"
        "Date: Tue, 15 Sep 2026 08:30:00 +0200\r\n"
        "Message-ID: <base64-0001@courriel.example.com>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{text}"
    ).encode()


def corpus() -> dict[str, bytes]:
    """Return every sample mail that is kept, by the name of its file."""
    made = {
        "01_plain": plain(),
        "02_html_only": html_only(),
        "03_pdf_and_photo": pdf_and_photo(),
        "04_forwarded": forwarded(),
        "05_forwarded_inline": forwarded_inline(),
        "06_reply_to_acknowledgement": reply_to_acknowledgement(),
        "07_reply_from_another_address": reply_from_another_address(),
        "08_auto_reply": auto_reply(),
        "09_delivery_failure": delivery_failure(),
        "10_unknown_alias": unknown_alias(),
        "11_duplicate_1": duplicate("relais-1"),
        "11_duplicate_2": duplicate("relais-2"),
        "12_malformed": malformed(),
        "13_wrong_charset": wrong_charset(),
        "14_no_message_id": no_message_id(),
        "15_refused_files": refused_files(),
        "16_mailing_list": mailing_list(),
        "17_without_sender": without_sender(),
        "18_base64_text": base64_text(),
    }
    for rank in range(1, FLOOD + 1):
        made[f"flood_{rank:02}"] = flood(rank)
    return {
        f"{name}.eml": message if isinstance(message, bytes) else seal(message, name)
        for name, message in made.items()
    }


def strange_mails() -> Path | None:
    """Return the folder of the mails that Python tests itself with, if any has it.

    Debian leaves them out of its Python; another one on the machine may have them.
    """
    code = "import test.test_email as t; print(t.__path__[0])"
    for python in (sys.executable, *filter(None, map(shutil.which, PYTHONS))):
        done = subprocess.run(
            [python, "-c", code], capture_output=True, text=True, check=False, cwd="/"
        )
        folder = Path(done.stdout.strip()) / "data"
        if done.returncode == 0 and any(folder.glob("*.txt")):
            return folder
    return None


def main(folder: str = "") -> None:
    target = Path(folder) if folder else FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for name, raw in corpus().items():
        (target / name).write_bytes(raw)
    print(f"{len(corpus())} mails in {target}")


if __name__ == "__main__":
    main(*sys.argv[1:])
