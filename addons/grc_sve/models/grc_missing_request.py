from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..const import MISSING_STATES
from ..rules.clock import DEFAULTS, Event
from ..rules.letters import letters_language, period_in_letters
from ..rules.missing import forecast


class GrcMissingRequest(models.Model):
    """A request for missing pieces: what is lacking, and by when (CRPA L114-5)."""

    _name = "grc.missing.request"
    _description = "Request for missing documents"
    _order = "id desc"
    _rec_name = "deadline"

    request_id = fields.Many2one(
        "grc.request", required=True, index=True, readonly=True, ondelete="restrict"
    )
    asked_on = fields.Date(string="Asked for on", required=True, readonly=True)
    deadline = fields.Date(string="To be received by", required=True, readonly=True)
    days = fields.Integer(string="Days given", required=True, readonly=True)
    is_regularisation = fields.Boolean(
        string="Defect of form",
        readonly=True,
        help="An identification or a signature is lacking (CRPA, art. L114-6): the "
        "period of silence is not touched.",
    )
    line_ids = fields.One2many(
        "grc.missing.piece",
        "missing_request_id",
        string="Documents asked for",
        readonly=True,
    )
    delivery_id = fields.Many2one(
        "grc.delivery", readonly=True, index=True, ondelete="restrict"
    )
    delivery_state = fields.Selection(related="delivery_id.state", string="Message")
    notified_on = fields.Date(
        string="Sent on",
        readonly=True,
        help="The period of silence is touched from this day on.",
    )
    state = fields.Selection(MISSING_STATES, string="Status", compute="_compute_state")

    _deadline_after = models.Constraint(
        "CHECK(deadline > asked_on)", "The last day given comes after the request."
    )

    @api.depends("line_ids.received_on", "deadline")
    def _compute_state(self):
        for missing in self:
            received = missing.line_ids.filtered("received_on")
            if not missing._awaited_lines():
                missing.state = "complete"
            elif missing.deadline < missing.request_id._local_day():
                missing.state = "expired"
            else:
                missing.state = "partial" if received else "waiting"

    def write(self, vals):
        """Refuse to change facts; the outbox alone ties its message, once."""
        if set(vals) != {"delivery_id"} or self.delivery_id:
            raise UserError(self.env._("What was asked of a citizen is never changed."))
        return super().write(vals)

    def _write_facts(self, vals):
        """Write facts. For our own methods only."""
        # Past our own ``write``, which refuses everything.
        # pylint: disable-next=super-method-mismatch
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("What was asked of a citizen is never changed."))

    # === BUSINESS METHODS === #

    def _awaited_lines(self):
        """Return the documents of this request that are still awaited.

        :rtype: grc.missing.piece
        """
        return self.line_ids.filtered(
            lambda piece: not piece.received_on and not piece.waived_on
        )

    @api.model
    def _forecast(self, request, deadline, is_indispensable, is_regularisation):
        """Return what asking today would do to the period of silence.

        :rtype: Forecast
        """
        # A defect of form is no missing piece: L114-6 stops no period.
        conventions = DEFAULTS if is_regularisation else request._conventions()
        event = Event(
            "missing_notified",
            request._local_day(),
            deadline=deadline,
            indispensable=is_indispensable and not is_regularisation,
        )
        # The acknowledgement that carries it leaves with it.
        also = (Event("ack_sent", event.on),)
        joins = request._joins_acknowledgement(is_regularisation)
        facts = request._clock_facts(also=also if joins else ())
        return forecast(facts, event, conventions)

    def _send(self, forecast):
        """Write to the citizen, with the effect that was told to the agent."""
        self.ensure_one()
        localized = self.with_context(lang=self.request_id.language)
        body = localized.env["ir.qweb"]._render(
            "grc_sve.missing_request_content", localized._prepare_letter(forecast)
        )
        localized.env["grc.delivery"]._queue(
            self.request_id,
            "complement",
            localized._subject(),
            body,
            extra={"missing_request_ids": [Command.link(self.id)]},
        )

    def _prepare_letter(self, forecast):
        """Return what is written of it, as plain values that can be kept.

        :rtype: dict
        """
        self.ensure_one()
        lang = letters_language(self.env.lang)
        return {
            "number": self.request_id.name,
            "is_regularisation": self.is_regularisation,
            "formalities": self.formalities or "",
            "pieces": [
                {
                    "name": piece.name,
                    "legal_basis": piece.legal_basis,
                    "is_indispensable": piece.is_indispensable,
                }
                for piece in self.line_ids
            ],
            "deadline": self.request_id._explain_day(self.deadline),
            "time_given": period_in_letters(self.days, "day", lang),
            "effects": self._effect_sentences(forecast),
        }

    def _subject(self):
        self.ensure_one()
        return self.env._(
            "Your request %(number)s: documents to send",
            number=self.request_id.name,
        )

    def _effect_sentences(self, forecast):
        """Say to the citizen what the request does (CRPA, art. R112-11-4).

        :rtype: list[str]
        """
        self.ensure_one()
        day = self.request_id._explain_day
        values = {
            "deadline": day(self.deadline),
            "before": day(forecast.before),
            "without": day(forecast.without),
            "complete": day(forecast.complete),
        }
        months = self.request_id.silence_months
        if months:
            lang = letters_language(self.env.lang)
            values["period"] = period_in_letters(months, "month", lang)
        texts = self._effect_texts(forecast)
        return [text % values for text in texts]

    def _effect_texts(self, forecast):
        if forecast.kind == "restarts":
            texts = [
                self.env._(
                    "The period of %(period)s at the end of which your request "
                    "is deemed accepted only starts when we have received all these "
                    "documents (CRPA, art. L. 114-5, second paragraph)."
                )
            ]
            if forecast.complete:
                texts.append(
                    self.env._(
                        "If we receive the last of them on %(deadline)s, your request "
                        "will be deemed accepted on %(complete)s, without an answer "
                        "from us. Earlier documents make this day come earlier. As "
                        "long as a document is missing, no acceptance can result "
                        "from our silence."
                    )
                )
            return texts
        if forecast.kind == "suspends":
            texts = [
                self.env._(
                    "The period at the end of which your request is deemed rejected "
                    "is suspended until %(deadline)s. It runs again as soon as we "
                    "have received all these documents, if that is earlier (CRPA, "
                    "art. L. 114-5, third paragraph)."
                )
            ]
            if forecast.without:
                texts.append(
                    self.env._(
                        "Your request will be deemed rejected on %(without)s at the "
                        "latest, without an answer from us, instead of %(before)s."
                    )
                )
            return texts
        if forecast.kind == "harmless" and not self.is_regularisation:
            return [
                self.env._(
                    "These documents do not delay the study of your request; the "
                    "decision takes effect once we have them (CRPA, art. L. 114-5-1)."
                )
            ]
        if forecast.kind == "too_late":
            return [
                self.env._(
                    "Our silence became a decision on %(before)s: this message does "
                    "not change it."
                )
            ]
        return []

    def _after_sent(self):
        """Record that the citizen was told: the clock of the law reads this fact.

        What was brought before the message left answers it already: nothing is
        missing any more, so nothing stops the period.
        """
        for missing in self.filtered(lambda missing: not missing.notified_on):
            request = missing.request_id
            missing._write_facts({"notified_on": request._local_day()})
            if missing.is_regularisation:
                request._log_event(
                    "regularisation_asked",
                    deadline=fields.Date.to_string(missing.deadline),
                    pieces=missing.line_ids.mapped("name"),
                )
                continue
            awaited = missing._awaited_lines()
            for indispensable, pieces in awaited.grouped("is_indispensable").items():
                request._log_event(
                    "missing_notified",
                    deadline=fields.Date.to_string(missing.deadline),
                    indispensable=indispensable,
                    pieces=pieces.mapped("name"),
                )
