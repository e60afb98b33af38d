from email.message import EmailMessage
from itertools import count

from odoo.addons.grc_base.tests.common import PDF, GrcCommon

MARIE = "Marie Dupont <marie.dupont@example.com>"
TOWN = "ville.example.com"
_ranks = count(1)


def letter(body="Hello, here is my request.", sender=MARIE, to="green", **headers):
    """Return a mail as people send them; ``headers`` with ``_`` for ``-``.

    ``None`` leaves a header out.
    """
    message = EmailMessage()
    values = {
        "From": sender,
        "To": to if "@" in to else f"{to}@{TOWN}",
        "Subject": "A tree to cut",
        "Date": "Tue, 15 Sep 2026 08:30:00 +0200",
        "Message-ID": f"<{next(_ranks)}.marie@courriel.example.com>",
    }
    values |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in values.items():
        if value is not None:
            message[name] = value
    message.set_content(body)
    return message


def failure(message_id, action="failed", recipient="marie.dupont@example.com"):
    """Return what a mail server writes when it could not deliver our message."""
    return f"""Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: bounce@{TOWN}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{next(_ranks)}.dsn@mx.example.com>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=-dsn"

--=-dsn
Content-Type: text/plain

Your message could not be delivered.

--=-dsn
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--=-dsn
Content-Type: message/rfc822

From: green@{TOWN}
To: {recipient}
Message-ID: {message_id}

Our message.
--=-dsn--
""".encode()


class MailIntakeCase(GrcCommon):
    """A town with a mailbox: ``green``, ``culture``, ``aid``, ``desk`` @ its domain."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls._domain(TOWN, cls.town)
        cls.far_domain = cls._domain("autre.example.com", cls.far_town)
        names = {
            "green": cls.service,
            "culture": cls.other_service,
            "aid": cls.social_service,
            "desk": cls.desk_service,
        }
        for name, service in names.items():
            service.write({"alias_name": name, "alias_domain_id": cls.domain.id})
        cls.far_service.write(
            {"alias_name": "desk", "alias_domain_id": cls.far_domain.id}
        )
        cls.intakes = cls.env["grc.mail.intake"]
        cls.requests = cls.env["grc.request"]

    @classmethod
    def _domain(cls, name, company):
        domain = cls.env["mail.alias.domain"].create({"name": name})
        company.alias_domain_id = domain
        return domain

    def _feed(self, *mails, model=False):
        """Give mails to the gateway; return the rows of the journal they made."""
        before = self.intakes.search([], order="id desc", limit=1).id or 0
        for mail in mails:
            raw = mail if isinstance(mail, bytes | str) else mail.as_bytes()
            self.env["mail.thread"].message_process(model, raw)
        return self.intakes.search([("id", ">", before)], order="id")

    def _file_mail(self, *args, **kwargs):
        """Return the request that one mail made."""
        row = self._feed(letter(*args, **kwargs))
        self.assertEqual(row.mapped("state"), ["request"])
        return row.request_id

    def _reply(self, request, body="Here is more.", **headers):
        """Return an answer to the acknowledgement of ``request``."""
        uid = request.delivery_ids.sorted("id")[-1:].message_uid
        return letter(
            body, Subject="Re: your request", In_Reply_To=uid, References=uid, **headers
        )

    def _automatic(self, request):
        """Return the acknowledgements that left for ``request``."""
        return request.delivery_ids.filtered(lambda d: d.kind in ("aee", "are"))

    def _accounts(self, fed, requests_before=0):
        """Check that each mail fed is exactly one thing."""
        rows = self.intakes.search([("id", "in", fed.ids)])
        self.assertEqual(len(rows), len(fed))
        made = rows.filtered(lambda r: r.state == "request")
        self.assertEqual(len(made.request_id), len(made))
        self.assertNotIn(False, rows.mapped("cause"))
        return made.request_id


__all__ = ["MARIE", "PDF", "TOWN", "MailIntakeCase", "failure", "letter"]
