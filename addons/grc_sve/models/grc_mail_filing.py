import hashlib
from email.utils import formataddr

from markupsafe import Markup
from psycopg2.errors import LockNotAvailable

from odoo import models

from odoo.addons.grc_base.rules import identifiers
from odoo.addons.grc_base.rules.chain import text_hash

from ..rules import mail as mail_rules
from ..rules import mail_kind, mail_text

_MAX_TEXT = 100_000
_MAX_HTML = 1_000_000


class GrcMailFilingMixin(models.AbstractModel):
    """What a mail becomes: a request, an addition, or a row that says why not."""

    _name = "grc.mail.filing.mixin"
    _description = "Filing of an e-mail received"

    def _sort(self, options):
        """Understand the mail and act on it.

        :return: id of the record that the mail made or completed, False for none
        """
        self.ensure_one()
        mail = mail_rules.parse(self._raw())
        places, other_aliases = self._named_places(mail)
        companies = self.env["res.company"].union(*(place.company for place in places))
        request, how = self._request_of(mail, companies)
        if not places and not request:
            if self._is_for_another_application(mail, other_aliases):
                return self._sort_elsewhere(mail, options)
            places = [self._front_desk_place(mail)]
        elif places and other_aliases:
            self._hand_over(options)
        self._note_facts(mail)
        self._lock_key(mail.key)
        if request and request.company_id not in companies:
            return self._in(request.company_id)._sort_one(mail, None, request, how)
        result = False
        for place in places:
            row = self if place is places[0] else self._copy_for_another(mail)
            row = row._in(place.company)
            known = request if request.company_id == place.company else request.browse()
            result = row._sort_one(mail, place, known, how) or result
        return result

    def _lock_key(self, key):
        """Keep other transactions off the copies of this mail until the commit.

        :raise LockNotAvailable: when another one is at it: the row waits for the job
        """
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
            (f"grc.mail.intake/{key}",),
        )
        if not self.env.cr.fetchone()[0]:
            raise LockNotAvailable("another transaction has a copy of this mail")

    def _in(self, company):
        """Move the row to ``company``; return it in the language of its agents."""
        self.company_id = company
        return self._localized()

    def _localized(self):
        language = self.env["grc.request"]._intake_language(None, self.company_id)
        return self.with_company(self.company_id).with_context(lang=language)

    def _copy_for_another(self, mail):
        """Return a row of its own for another authority that the mail seizes."""
        row = self._journal(self._raw(), received_at=self.received_at)
        row._note_facts(mail)
        return row

    def _sort_elsewhere(self, mail, options):
        """Hand over to core what is not for a service; keep no copy of it."""
        self._write_facts(
            {"email_from": mail.sender[:250], "email_to": mail.to_text[:1000]}
        )
        kind = mail_kind.classify(mail, frozenset()).kind
        known = self.env["mail.message"].search_count(
            [("message_id", "=", mail.message_id)], limit=1
        )
        result = self._hand_over(options)
        if result or kind == "automatic":
            self._settle("elsewhere", "other_model")
        elif kind == "bounce":
            self._settle("bounce", "other_model")
        elif known:
            self._settle("duplicate", "same")
        else:
            self._settle("dropped", "other_model")
            return False
        self.raw_attachment_id.unlink()
        return result or False

    def _sort_one(self, mail, place, request, how):
        """Act on the mail in one local authority."""
        if place:
            self.service_id = place.service
        if self._is_already_known(mail):
            return False
        ours = self.env["grc.delivery"].search(
            [("message_uid", "=", mail.message_id)], limit=1
        )
        if mail.message_id and ours:
            self._settle("automatic", "own_message", request_id=ours.request_id.id)
            return False
        verdict = mail_kind.classify(mail, self._own_addresses())
        if verdict.kind == "nobody":
            self._settle("unroutable", verdict.cause)
            return False
        if verdict.kind == "bounce":
            return self._record_bounce(mail)
        if verdict.kind == "automatic":
            return self._record_automatic(mail, verdict, request)
        if request:
            return self._add_to(request, mail, how)
        return self._file(mail, verdict, place)

    # === PEOPLE === #

    def _file(self, mail, verdict, place):
        """Make the request."""
        cause, can_acknowledge = verdict.cause or place.cause, verdict.can_acknowledge
        answer_to = self._answer_address(mail)
        is_flood = can_acknowledge and self._is_flood(mail.sender, answer_to)
        if is_flood:
            cause, can_acknowledge = "flood", False
        elif can_acknowledge and self.env["grc.blocked.sender"]._blocks(
            self.company_id, mail.sender
        ):
            # Recorded like any other: only its acknowledgement waits for an agent.
            cause, can_acknowledge = "blocked", False
        text = self._text_and_files(mail)[0]
        request = self._intake_request(
            mail,
            {
                "subject": mail.subject,
                "description": text,
                "service_id": place.service.id,
                "reply_email": answer_to if answer_to != mail.sender else False,
                "is_suspect": not can_acknowledge,
            }
            | place.defaults,
            hashlib.sha256(f"{mail.key}/{mail.content_sha256}".encode()).hexdigest(),
        )
        self._settle("request", cause, request_id=request.id, answer_to=answer_to)
        if is_flood:
            self._announce_flood(request, mail.sender)
        return request.id

    def _intake_request(self, mail, vals, key):
        files = self._text_and_files(mail)[1]
        requests = self.env["grc.request"].with_context(
            grc_mail_received_at=self.received_at
        )
        is_safe = mail_kind.is_safe_id(mail.message_id)
        request = requests._intake(
            vals
            | mail_kind.identity(mail.sender_name)
            | {
                "email_used": mail.sender,
                "source_message_id": is_safe and mail.message_id,
            },
            "mail",
            files=files,
            idempotency_key=f"mail/{key}",
        ).with_context(grc_mail_received_at=None)
        self._post_original(request, mail, with_id=True)
        return request

    def _text_and_files(self, mail):
        """Return the text to show and the files: a very long text is one of them."""
        if len(mail.text) <= _MAX_TEXT:
            return mail.text, list(mail.files)
        whole = ("message.txt", mail.text.encode())
        more = self.env._("[The rest is in the file message.txt]")
        return f"{mail.text[:_MAX_TEXT]}\n{more}", [whole, *mail.files]

    def _answer_address(self, mail):
        """Return the address that the sender wants the answer at.

        ``Reply-To`` is the address that the sender gives for the answers (RFC 5322,
        section 3.6.2): it prevails over the address used (CRPA, art. R112-11-3).
        """
        others = [a for a in mail.reply_to if a != mail.sender]
        if (
            mail.sender_header == "from"
            and len(others) == 1
            and identifiers.is_email(others[0])
            and others[0] not in self._own_addresses()
        ):
            return others[0]
        return mail.sender

    def _add_to(self, request, mail, how):
        """Add the mail to its request.

        What another address writes is kept for the agents, who judge: the citizen
        does not see it, and nothing of the request is ever sent to that address.
        """
        text, files = self._text_and_files(mail)
        if self._is_same_person(request, mail):
            fresh, quoted = mail_text.trim_quote(text)
            is_safe = mail_kind.is_safe_id(mail.message_id)
            is_suspect = not self._can_acknowledge_addition(mail)
            request._citizen_reply(
                fresh,
                files,
                channel="mail",
                email_from=formataddr((mail.sender_name, mail.sender)),
                message_uid=mail.message_id if is_safe else None,
                key=f"mail/{mail.key}/{mail.content_sha256}",
                received_at=self.received_at,
                is_suspect=is_suspect,
            )
            if quoted or mail.html:
                self._post_original(request, mail)
        else:
            how = "other_sender"
            self._keep_unverified(request, mail, text, files)
        self._settle(
            "addition",
            how,
            request_id=request.id,
            service_id=request.service_id.id,
            detail=mail.sender if how == "other_sender" else False,
        )
        return request.id

    def _keep_unverified(self, request, mail, text, files):
        accepted, refused = request._sort_files(files, request.company_id)
        documents = self.env["grc.request.document"]._store(
            request, accepted, origin="citizen", kind="piece", visible=False
        )
        request._log_event(
            "unverified_message",
            channel="mail",
            address=mail.sender,
            text_sha256=text_hash(text),
            documents=[[doc.name, doc.sha256] for doc in documents],
        )
        warning = self.env._(
            "Identity not verified: this message was sent from %(sender)s, which is "
            "not the address of the citizen. Check who writes before you answer; the "
            "citizen does not see this message.",
            sender=mail.sender,
        )
        request._message_log(body=self._note(warning, ""))
        self._post_original(request, mail, with_id=True)
        request._note_refused_files(refused)
        request._write_facts({"has_citizen_news": True})
        request._call_agent(
            self.env._("Another address wrote about %(number)s", number=request.name),
            warning,
        )

    def _post_original(self, request, mail, with_id=False):
        """Keep the mail as it looks in the discussion of the agents."""
        if mail.html and len(mail.html) < _MAX_HTML:
            body = mail_text.without_remote_content(identifiers.mask_nir(mail.html))
        else:
            body = mail_text.text_to_html(identifiers.mask_nir(mail.text[:_MAX_TEXT]))
        is_safe = with_id and mail_kind.is_safe_id(mail.message_id)
        request.message_post(
            body=Markup(body),
            subject=identifiers.mask_nir(mail.subject)[:1000],
            message_type="email",
            subtype_xmlid="mail.mt_note",
            author_id=False,
            email_from=formataddr((mail.sender_name, mail.sender)),
            **({"message_id": mail.message_id} if is_safe else {}),
        )
