from datetime import datetime, time

import pytz

from odoo import api, fields, models

from odoo.addons.grc_base.const import NATURES


class GrcDeskIntake(models.TransientModel):
    """One contact by telephone, at the counter or by letter, being entered.

    Nothing is ``required``: whoever answers the telephone types in the order of
    the conversation, and all that is missing is said at the end, at once.
    """

    _name = "grc.desk.intake"
    _description = "Contact at the front desk"
    _inherit = "grc.desk.requester.mixin"

    state = fields.Selection(
        [("input", "Being entered"), ("done", "Recorded")],
        default="input",
        readonly=True,
    )
    idempotency_key = fields.Char(compute="_compute_idempotency_key")

    channel = fields.Selection(
        [("phone", "Telephone"), ("desk", "Counter"), ("letter", "Letter")],
        default="phone",
    )
    received_at = fields.Datetime(
        string="Received on", default=lambda self: fields.Datetime.now()
    )
    stamped_on = fields.Date(
        string="Day of the stamp",
        default=lambda self: self._today(),
        help="The day the letter arrived at the town hall.",
    )

    open_prestation_ids = fields.Many2many(
        "grc.prestation", compute="_compute_open_prestation_ids"
    )
    prestation_id = fields.Many2one(
        "grc.prestation",
        domain="[('id', 'in', open_prestation_ids)]",
        help="Leave empty for a question: the service below handles it.",
    )
    service_id = fields.Many2one(
        "grc.service", compute="_compute_service_id", store=True, readonly=False
    )
    nature = fields.Selection(
        NATURES, compute="_compute_nature", store=True, readonly=False
    )
    subject = fields.Char(compute="_compute_subject", store=True, readonly=False)
    description = fields.Text(string="What the citizen asks")
    answer = fields.Text(
        string="Answer given",
        help="With “Information given”, the contact is recorded and closed.",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files",
        help="Scan of the letter, photos, documents handed over.",
    )
    request_number = fields.Char(readonly=True)

    # === COMPUTE METHODS === #

    @api.depends("request_number")
    def _compute_display_name(self):
        for intake in self:
            intake.display_name = intake.request_number or self.env._("New contact")

    @api.depends("create_date")
    def _compute_idempotency_key(self):
        # Computed, so that nobody points a contact at the request of another.
        for intake in self:
            day = intake.create_date
            intake.idempotency_key = day and f"desk-{intake.id}-{day:%Y%m%d%H%M%S}"

    @api.depends("channel", "company_id")
    def _compute_open_prestation_ids(self):
        for intake in self:
            intake.open_prestation_ids = self.env["grc.prestation"].search(
                [
                    ("company_id", "=", intake.company_id.id),
                    ("state", "=", "published"),
                    (f"is_open_{intake.channel or 'phone'}", "=", True),
                ]
            )

    @api.depends("prestation_id")
    def _compute_service_id(self):
        for intake in self:
            intake.service_id = (
                intake.prestation_id.service_id
                or intake.service_id
                or self.env["grc.service"]._front_desk(intake.company_id)
            )

    @api.depends("prestation_id")
    def _compute_nature(self):
        for intake in self:
            intake.nature = intake.prestation_id.nature or intake.nature or "question"

    @api.depends("prestation_id")
    def _compute_subject(self):
        for intake in self:
            intake.subject = intake.subject or intake.prestation_id.name

    # === ACTION METHODS === #

    def action_file(self):
        """Record the request and show it, or say all that is missing."""
        self.ensure_one()
        return self._show(self._file(self._prepare_intake_vals()))

    def action_information_given(self):
        """Record a question answered on the spot, closed at once."""
        self.ensure_one()
        is_first_click = not self._filed_request_sudo()
        # sudo: who enters the contact gave the answer herself, even when the
        # service in charge keeps its files to its own agents
        request_sudo = self._file(self._prepare_information_vals()).sudo()
        if is_first_click:
            request_sudo._answer_orally(
                (self.answer or "").strip() or self.env._("Information given orally.")
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Contact %(number)s is recorded and closed.",
                    number=request_sudo.name,
                ),
                "next": self._action_new_contact(),
            },
        }

    def action_new_contact(self):
        return self._action_new_contact()

    # === BUSINESS METHODS === #

    def _file(self, vals):
        self.check_access("write")
        # The ids come from the browser: they must be records this agent sees.
        for record in (self.prestation_id, self.service_id, self.partner_id):
            record.check_access("read")
        requests = self.env["grc.request"]
        if self.state == "input":
            self._raise_errors(self._errors(vals))
            # Of two clicks at once, the second waits on this row, is tried again by
            # Odoo and then finds the request of the first.
            self.state = "done"
            self.flush_recordset(["state"])
        request = requests._intake(
            vals,
            self.channel,
            files=[(file.name, file.raw) for file in self.attachment_ids],
            idempotency_key=self.idempotency_key,
        )
        # The request keeps its own copy of the files that were uploaded here.
        self.attachment_ids.filtered(lambda f: f.res_model == self._name).unlink()
        # sudo: the number is for the citizen, whoever handles the request
        self.request_number = request.sudo().name
        return request

    def _filed_request_sudo(self):
        """Return the request already made of this contact, empty when there is none."""
        # sudo: the key is computed here, so the request is the one entered here
        requests_sudo = self.env["grc.request"].sudo()
        key = self.idempotency_key
        return requests_sudo.search([("idempotency_key", "=", key)], limit=1)

    def _errors(self, vals):
        """Return ``{field of this screen: what is wrong}``."""
        errors = self.env["grc.request"]._intake_errors(vals, self.channel)
        if self.channel == "letter" and "received_at" in errors:
            errors["stamped_on"] = errors.pop("received_at")
        return errors

    def _prepare_intake_vals(self):
        """Return the facts given to the door of requests.

        :rtype: dict
        """
        self.ensure_one()
        return self._typed() | {
            "partner_id": self.partner_id.id,
            "prestation_id": self.prestation_id.id,
            "service_id": self.service_id.id,
            "nature": self.nature,
            "subject": self.subject,
            "description": self.description,
            "received_at": self._received_at(),
        }

    def _prepare_information_vals(self):
        """Return the facts of a question: nobody needs to give a name for it."""
        vals = self._prepare_intake_vals()
        vals["nature"] = "question"
        vals["description"] = self.description or self.subject
        identity = ("requester_lastname", "requester_organization")
        if not any(vals.get(name) for name in identity):
            vals["requester_kind"] = "person"
            vals["requester_lastname"] = self.env._("Anonymous")
        return vals

    def _received_at(self):
        """Return the instant of reception; of a letter only the day is known."""
        self.ensure_one()
        now = fields.Datetime.now()
        if self.channel != "letter":
            return self.received_at or now
        zone = pytz.timezone(self.company_id.grc_timezone)
        day = self.stamped_on or self._today()
        noon = zone.localize(datetime.combine(day, time(12)))
        instant = noon.astimezone(pytz.utc).replace(tzinfo=None)
        return min(instant, now) if day <= self._today() else instant

    @api.model
    def _today(self):
        company = self.company_id or self.env.company
        return fields.Date.context_today(self.with_context(tz=company.grc_timezone))

    def _show(self, request):
        """Return the action that shows the request, or its number only.

        An agent who enters a request for a service that keeps its files to itself
        gets the number to give to the citizen, and nothing else.
        """
        if request.has_access("read"):
            return {
                "type": "ir.actions.act_window",
                "res_model": "grc.request",
                "res_id": request.id,
                "views": [(False, "form")],
                "target": "main",
            }
        # What was typed is not kept in the hands of who may not read it.
        self.write(dict.fromkeys(("subject", "description", "answer"), False))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recorded"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "main",
        }

    @api.model
    def _action_new_contact(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "grc_helpdesk.grc_desk_intake_action"
        )
        return action | {"target": "main"}
