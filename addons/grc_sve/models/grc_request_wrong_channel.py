from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

_NO_SILENCE = {"silence_regime": "none", "silence_months": 0}


class GrcRequest(models.Model):
    """A mail about what is asked for with a reserved form only (CRPA L112-9)."""

    _inherit = "grc.request"

    is_wrong_channel = fields.Boolean(
        string="Sent elsewhere than to the reserved service",
        readonly=True,
        help="Starts no period: the sender was told where the form is.",
    )
    can_answer_wrong_channel = fields.Boolean(
        compute="_compute_can_answer_wrong_channel"
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"is_wrong_channel"}

    # === COMPUTE METHODS === #

    @api.depends("channel", "state", "prestation_id.is_reserved", "is_wrong_channel")
    def _compute_can_answer_wrong_channel(self):
        for request in self:
            request.can_answer_wrong_channel = (
                request._comes_by_wrong_channel()
                and not request.is_wrong_channel
                and request.state in ("received", "instruction", "incomplete")
            )

    @api.depends("is_wrong_channel")
    def _compute_clock(self):
        return super()._compute_clock()

    @api.depends("is_wrong_channel")
    def _compute_ack_state(self):
        result = super()._compute_ack_state()
        for request in self:
            if request.is_wrong_channel and request.ack_state == "waiting":
                request.ack_state = "not_due"
        return result

    @api.depends("is_wrong_channel", "prestation_id")
    def _compute_can_acknowledge(self):
        return super()._compute_can_acknowledge()

    # === CLOCK AND ACKNOWLEDGEMENTS === #

    @api.model
    def _clock_columns(self):
        return (*super()._clock_columns(), "is_wrong_channel")

    @api.model
    def _build_clock_facts(self, *, is_wrong_channel, **values):
        facts = super()._build_clock_facts(**values)
        return replace(facts, nature="wrong_channel") if is_wrong_channel else facts

    def _comes_by_wrong_channel(self):
        """Tell whether a mail asks for what only a reserved form may ask for."""
        self.ensure_one()
        # sudo: a sender does not read the settings of the prestation
        return self.channel == "mail" and self.prestation_id.sudo().is_reserved

    def _owes_no_reception(self):
        return (
            super()._owes_no_reception()
            or self.is_wrong_channel
            or self._comes_by_wrong_channel()
        )

    @api.model
    def _prepare_intake_vals(self, vals, channel, company, idempotency_key):
        values = super()._prepare_intake_vals(vals, channel, company, idempotency_key)
        prestation = self.env["grc.prestation"].browse(
            values.get("prestation_id") or []
        )
        # sudo: a sender does not read the settings of the prestation
        if channel == "mail" and prestation.sudo().is_reserved:
            return values | _NO_SILENCE
        return values

    def _after_qualification(self):
        if not self._comes_by_wrong_channel():
            if self.is_wrong_channel:
                # Reopened, then directed to something else: it is a request.
                self._write_facts({"is_wrong_channel": False})
            return super()._after_qualification()
        # No period starts: nothing is promised, an agent answers.
        self._write_facts(_NO_SILENCE)
        self._call_agent(
            self.env._("Answer the wrong channel of %(number)s", number=self.name),
            self.env._(
                "This is asked for with its form only: use the button “Wrong "
                "channel”, which tells the sender where the form is."
            ),
        )
        return None

    # === BUSINESS METHODS === #

    def _answer_wrong_channel(self, message):
        """Tell the sender where the form is, and close: no period starts.

        :param str message: plain text; the address of the form is added under it
        :raise UserError: when the prestation is not reserved or it did not come by mail
        """
        self._check_redirectable()
        if not self._comes_by_wrong_channel():
            raise UserError(
                self.env._(
                    "Only an e-mail about a reserved online service is answered this "
                    "way: direct the request to its prestation first."
                )
            )
        if not (message or "").strip():
            raise UserError(self.env._("Write the message to the sender."))
        localized = self.with_context(lang=self.language)
        prestation = localized.prestation_id
        url = prestation._form_url()
        localized._message_citizen(
            localized.env._(
                "Your message %(number)s: use the online form", number=self.name
            ),
            localized.env["ir.qweb"]._render(
                "grc_sve.wrong_channel_content",
                {
                    "message": plaintext2html(message),
                    "prestation": prestation,
                    "url": url,
                },
            ),
        )
        self._write_facts(_NO_SILENCE | {"is_wrong_channel": True})
        self._log_event(
            "wrong_channel",
            prestation=prestation.code,
            prestation_name=prestation.name,
            url=url,
        )
        self._close_redirected(message)
