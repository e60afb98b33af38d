from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

PIECE_FIELDS = ("name", "legal_basis", "is_indispensable")


class GrcMissingAsk(models.TransientModel):
    _name = "grc.missing.ask"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Asking for missing documents"

    line_ids = fields.One2many(
        "grc.missing.ask.line", "wizard_id", string="Documents asked for"
    )
    days = fields.Integer(
        string="Days given", compute="_compute_days", store=True, readonly=False
    )
    deadline = fields.Date(
        string="To be received by",
        compute="_compute_deadline",
        store=True,
        readonly=False,
    )
    is_regularisation = fields.Boolean(
        string="Defect of form",
        help="An identification or a signature is lacking: the citizen is asked to "
        "mend it, and the period of silence is not touched (CRPA, art. L114-6).",
    )
    formalities = fields.Text(
        string="What to do",
        help="Formalities and procedure that mend the defect: the citizen reads them.",
    )
    effect = fields.Text(string="What it changes", compute="_compute_effect")
    piece_error = fields.Char(compute="_compute_errors")
    deadline_error = fields.Char(compute="_compute_errors")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        request = self.env["grc.request"].browse(values.get("request_id") or [])
        if "line_ids" in fields and request and "line_ids" not in values:
            values["line_ids"] = self._prepare_lines(request)
        return values

    @api.model
    def _prepare_lines(self, request):
        # sudo: the list shown to the public, for an agent of any service
        prestation_sudo = request.prestation_id.sudo()
        lines = (prestation_sudo.required_documents or "").splitlines()
        names = [line.strip(" \t-–•*") for line in lines]
        awaited = request._awaited_names()
        return [
            Command.create(
                {
                    "name": name,
                    "legal_basis": prestation_sudo.legal_basis,
                    "is_indispensable": True,
                }
            )
            for name in names
            if name and name.casefold() not in awaited
        ]

    @api.depends("request_id")
    def _compute_days(self):
        for wizard in self:
            wizard.days = wizard.request_id and wizard.request_id._missing_days()

    @api.depends("days")
    def _compute_deadline(self):
        for wizard in self:
            if wizard.request_id:
                today = wizard.request_id._local_day()
                # An absurd number of days is told as an absurd day, not as a crash.
                days = max(min(wizard.days, 3650), 0)
                wizard.deadline = today + timedelta(days=days)

    @api.onchange("is_regularisation")
    def _onchange_is_regularisation(self):
        """Propose the usual defects of form, as long as nothing was chosen."""
        if self._chosen():
            return
        commands = self._prepare_defects()
        if not self.is_regularisation:
            commands = self._prepare_lines(self.request_id)
        self.line_ids = [Command.clear(), *commands]

    @api.model
    def _prepare_defects(self):
        return [
            Command.create({"name": name, "legal_basis": text})
            for name, text in (
                (self.env._("Your identification"), "CRPA, art. R112-9-1"),
                (self.env._("Your signature"), False),
            )
        ]

    def _chosen(self):
        """Return the documents chosen, as ``_ask_missing`` wants them."""
        self.ensure_one()
        return [
            {name: line[name] for name in PIECE_FIELDS}
            for line in self.line_ids
            if line.is_chosen
        ]

    @api.depends(
        "deadline", "line_ids.is_chosen", "line_ids.name", "line_ids.legal_basis"
    )
    def _compute_errors(self):
        for wizard in self:
            errors = {}
            # Nothing chosen yet is how the window opens, not a mistake.
            if wizard.request_id and (wizard._chosen() or wizard.deadline):
                errors = wizard.request_id._missing_errors(
                    wizard._chosen(), wizard.deadline
                )
            wizard.piece_error = errors.get("pieces") if wizard._chosen() else False
            wizard.deadline_error = errors.get("deadline")

    @api.depends(
        "deadline",
        "is_regularisation",
        "line_ids.is_chosen",
        "line_ids.is_indispensable",
    )
    def _compute_effect(self):
        for wizard in self:
            ready = wizard.request_id and wizard.deadline and wizard._chosen()
            wizard.effect = wizard._effect_text() if ready else False

    def _effect_text(self):
        request = self.request_id
        if request.silence_regime == "unknown":
            return self.env._(
                "The regime of silence is unknown: say first what is asked for, with "
                "the button “Direct”."
            )
        blocking = any(piece["is_indispensable"] for piece in self._chosen())
        # sudo: facts of the request that this agent handles
        forecast = (
            self.env["grc.missing.request"]
            .sudo()
            ._forecast(request, self.deadline, blocking, self.is_regularisation)
        )
        none = self.env._("none")
        return self._effect_texts()[forecast.kind] % {
            "deadline": request._explain_day(self.deadline),
            "before": request._explain_day(forecast.before) or none,
            "without": request._explain_day(forecast.without) or none,
            "complete": request._explain_day(forecast.complete) or none,
        }

    def _effect_texts(self):
        return {
            "none": self.env._("Silence makes no decision here: no date changes."),
            "harmless": self.env._(
                "Nothing is delayed. Implicit decision: %(before)s, unchanged."
            ),
            "too_late": self.env._(
                "Too late to change anything: silence decided on %(before)s. You may "
                "still decide expressly."
            ),
            "restarts": self.env._(
                "Silence accepts: the whole period starts again when the last "
                "document comes.\n"
                "Implicit acceptance today: %(before)s.\n"
                "If everything comes on %(deadline)s: %(complete)s.\n"
                "If a document never comes: no implicit acceptance."
            ),
            "suspends": self.env._(
                "Silence rejects: the period is suspended until %(deadline)s, or "
                "until everything has come.\n"
                "Implicit rejection today: %(before)s.\n"
                "If not everything comes in time: %(without)s."
            ),
        }

    def action_send(self):
        self.ensure_one()
        if not self.deadline:
            raise UserError(self.env._("Say by which day the documents must come."))
        if self.is_regularisation and not (self.formalities or "").strip():
            raise UserError(
                self.env._(
                    "Say what the citizen must do to mend the defect (CRPA, "
                    "art. L114-6)."
                )
            )
        self.request_id._ask_missing(
            self._chosen(), self.deadline, self.is_regularisation, self.formalities
        )
        return {"type": "ir.actions.act_window_close"}


class GrcMissingAskLine(models.TransientModel):
    _name = "grc.missing.ask.line"
    _description = "Missing document to ask for"

    wizard_id = fields.Many2one(
        "grc.missing.ask", string="Window", required=True, ondelete="cascade"
    )
    is_chosen = fields.Boolean(string="Ask")
    name = fields.Char(string="Document asked for", required=True)
    legal_basis = fields.Char(string="Text that requires it")
    is_indispensable = fields.Boolean(string="Indispensable", default=True)
