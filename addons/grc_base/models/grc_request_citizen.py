from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import plaintext2html

from ..const import CITIZEN_EVENT_KINDS
from ..rules import identifiers
from ..rules.chain import text_hash


class GrcRequestCitizenMixin(models.AbstractModel):
    """What the citizen reads of a request, and adds to it."""

    _name = "grc.request.citizen.mixin"
    _description = "The citizen of a request"

    # === READING === #

    def _citizen_messages(self):
        """Return what was exchanged with the citizen, the oldest first.

        :rtype: mail.message
        """
        self.ensure_one()
        subtype = self.env.ref("grc_base.mt_citizen_message")
        return self.message_ids.filtered(
            lambda message: message.subtype_id == subtype
        ).sorted("id")

    def _citizen_documents(self):
        """Return the documents that the citizen may read.

        :rtype: grc.request.document
        """
        self.ensure_one()
        return self.document_ids.filtered("is_visible_to_citizen")

    def _state_label(self):
        """Return where the request stands, in plain words for the citizen."""
        self.ensure_one()
        return {
            "received": self.env._("Received: your request waits to be handled"),
            "instruction": self.env._("Your request is being handled"),
            "incomplete": self.env._("We are waiting for an answer from you"),
            "decided": self.env._("Your request was answered"),
            "closed": self.env._("Your request is closed"),
        }[self.state]

    def _timeline(self):
        """Return the history that the citizen reads, the oldest first.

        :return: one dict a fact: ``date`` (local civil day), ``label``, ``detail``
        :rtype: list[dict]
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: a citizen does not read the facts themselves, only these words
        events_sudo = self.sudo().event_ids
        return [
            {
                "date": event.happened_on,
                "label": event._kind_label(),
                "detail": event._citizen_detail(),
            }
            for event in events_sudo.sorted("sequence")
            if event.kind in self._citizen_event_kinds()
        ]

    @api.model
    def _citizen_event_kinds(self):
        return CITIZEN_EVENT_KINDS

    # === ADDING === #

    def _note_refused_files(self, refused):
        """Keep the names of files refused in a mail: the raw mail keeps the files."""
        self.ensure_one()
        if not refused:
            return
        self._log_event("document_refused", files=sorted(refused))
        self._message_log(body=plaintext2html("\n".join(refused.values())))

    def _citizen_reply(
        self,
        body,
        files=(),
        channel="portal",
        email_from=None,
        message_uid=None,
        key=None,
        received_at=None,
        is_suspect=False,
    ):
        """Add to the request what the citizen wrote afterwards.

        :param str body: plain text
        :param files: ``(file name, bytes)`` of each file joined
        :param str email_from: address of the sender, when it came by mail
        :param str message_uid: Message-ID, when it came by mail
        :param str key: names this sending among those of the request
        :param datetime received_at: instant of the reception (UTC); now by default
        :param bool is_suspect: nothing may be sent by itself to whoever wrote
        :raise ValidationError: when it is empty, or a file cannot be kept
        :rtype: mail.message
        """
        self.ensure_one()
        # sudo: citizens write nothing themselves; the caller checked that the
        # request is theirs
        request_sudo = self.sudo()
        accepted, refused = self._sort_files(files, request_sudo.company_id)
        if channel != "mail":
            if refused:
                raise ValidationError("\n".join(refused.values()))
            if not (body or "").strip():
                raise ValidationError(self.env._("Write your message."))
        documents = self.env["grc.request.document"]._store(
            request_sudo, accepted, origin="citizen", kind="piece"
        )
        text = identifiers.mask_nir(body or "").strip()
        message_sudo = request_sudo.message_post(
            body=plaintext2html(text),
            message_type="comment" if channel == "portal" else "email",
            subtype_xmlid="grc_base.mt_citizen_message",
            author_id=request_sudo.partner_id.id or False,
            email_from=email_from or request_sudo.email_used or False,
            **({"message_id": message_uid} if message_uid else {}),
        )
        request_sudo._log_event(
            "citizen_message",
            channel=channel,
            text_sha256=text_hash(text),
            documents=[[doc.name, doc.sha256] for doc in documents],
        )
        request_sudo._note_refused_files(refused)
        request_sudo._write_facts({"has_citizen_news": True})
        request_sudo._call_agent(
            self.env._("The citizen wrote about %(number)s", number=request_sudo.name)
        )
        if not is_suspect:
            request_sudo._after_addition(
                key or message_sudo.message_id,
                documents,
                channel=channel,
                received_at=received_at,
                message_uid=message_uid,
            )
        return message_sudo

    def _after_addition(
        self, key, documents, channel, received_at=None, message_uid=None, effect=""
    ):
        """Hook: the citizen added something to the request, by any door.

        :param str key: names this sending among those of the request
        :param grc.request.document documents: the files received
        :param str channel: how it came
        :param datetime received_at: instant of the reception (UTC); now by default
        :param str message_uid: Message-ID of the mail, if it was one
        :param str effect: what it changes for the request, one sentence
        """
        self.ensure_one()

    def _call_agent(self, summary, note=None):
        """Plan an activity for whoever is in charge, once while it is open.

        :param str summary: what to do, one line
        :param str note: more, if useful
        """
        self.ensure_one()
        self._plan_for(self._people_called(), summary, note)

    # === IDENTITY === #

    def action_create_citizen(self):
        """Create the sheet of the citizen from what the sender declared."""
        self.ensure_one()
        self.check_access("write")
        if not self.partner_id:
            # sudo: an agent has no right to create any contact, but may record
            # the sender of a request that she may write
            self.partner_id = (
                self.env["res.partner"].sudo().create(self._prepare_citizen_vals())
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "view_mode": "form",
            "views": [
                (self.env.ref("grc_base.res_partner_view_form_citizen").id, "form")
            ],
        }

    def _prepare_citizen_vals(self):
        self.ensure_one()
        return {
            "name": self.requester_name,
            "is_grc_citizen": True,
            "is_company": self.requester_kind != "person",
            "grc_kind": self.requester_kind,
            "grc_usage_name": self.requester_lastname,
            "grc_given_names": self.requester_firstname,
            "grc_siret": self.requester_siret,
            "grc_rna": self.requester_rna,
            "email": self.answer_email,
            "phone": self.phone,
            "street": self.street,
            "street2": self.street2,
            "zip": self.zip,
            "city": self.city,
            "company_id": self.company_id.id,
            "lang": self.language,
        }
