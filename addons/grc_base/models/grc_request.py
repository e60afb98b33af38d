from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..const import (
    CHANNELS,
    KINDS,
    NATURES,
    OUTCOMES,
    PROTECTED_FIELDS,
    STATES,
)


class GrcRequest(models.Model):
    _name = "grc.request"
    _description = "Request"
    _inherit = [
        "grc.request.intake.mixin",
        "grc.request.circuit.mixin",
        "grc.request.citizen.mixin",
        "grc.request.letter.mixin",
        "grc.request.decision.letter.mixin",
        "grc.request.file.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "received_at desc, id desc"
    _rec_names_search = [
        "name",
        "subject",
        "requester_name",
        "email_used",
        "phone",
    ]
    _mail_post_access = "write"
    _primary_email = "email_used"

    name = fields.Char(string="Number", required=True, readonly=True, copy=False)
    subject = fields.Char(required=True, tracking=True)
    description = fields.Text(string="What was asked", readonly=True)
    company_id = fields.Many2one(
        "res.company", string="Local authority", required=True, readonly=True
    )
    service_id = fields.Many2one(
        "grc.service", required=True, index=True, readonly=True, tracking=True
    )
    shared_service_ids = fields.Many2many(
        "grc.service",
        "grc_request_shared_service_rel",
        "request_id",
        "service_id",
        string="Shared with",
        domain="[('company_id', '=', company_id)]",
        help="Agents of these services see the request and take part in it.",
    )
    agent_id = fields.Many2one(
        "res.users",
        string="Agent in charge",
        index=True,
        tracking=True,
        domain=[("share", "=", False)],
    )
    prestation_id = fields.Many2one(
        "grc.prestation",
        index=True,
        readonly=True,
        ondelete="restrict",
        tracking=True,
    )
    theme_id = fields.Many2one(related="prestation_id.theme_id", store=True)
    nature = fields.Selection(NATURES, required=True, readonly=True, tracking=True)
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    language = fields.Char(readonly=True, default="fr_FR")
    received_at = fields.Datetime(string="Received on", required=True, readonly=True)
    state = fields.Selection(
        STATES, string="Status", required=True, readonly=True, default="received"
    )
    circuit_id = fields.Many2one(
        "grc.circuit", required=True, readonly=True, ondelete="restrict"
    )
    stage_id = fields.Many2one(
        "grc.circuit.step",
        string="Step",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('circuit_id', '=', circuit_id)]",
        group_expand="_group_expand_stage_id",
    )
    has_citizen_news = fields.Boolean(
        string="New message from the citizen",
        readonly=True,
        help="The citizen wrote, and nobody of the service has answered yet.",
    )

    partner_id = fields.Many2one(
        "res.partner",
        string="Citizen",
        index=True,
        tracking=True,
        domain=[("is_grc_citizen", "=", True)],
        help="Empty until an agent recognised the sender: an address alone proves "
        "nothing. The citizen named here reads the request on the website.",
    )
    filed_by_id = fields.Many2one(
        "res.users", string="Entered by", readonly=True, index="btree_not_null"
    )
    requester_kind = fields.Selection(KINDS, string="Kind of sender", default="person")
    requester_lastname = fields.Char(string="Last name")
    requester_firstname = fields.Char(string="First name")
    requester_organization = fields.Char(string="Company or association")
    requester_siret = fields.Char(string="SIRET number", size=14)
    requester_rna = fields.Char(string="RNA number", size=10)
    requester_name = fields.Char(
        string="Sender", compute="_compute_requester_name", store=True, index=True
    )
    email_used = fields.Char(
        string="Address used",
        readonly=True,
        index="btree_not_null",
        help="The e-mail address that the request was sent from.",
    )
    reply_email = fields.Char(
        string="Other address for the answer",
        help="Given by the citizen for this purpose (CRPA, art. R112-11-3).",
    )
    answer_email = fields.Char(
        string="Address for the answer", compute="_compute_answer_email"
    )
    phone = fields.Char(string="Telephone", index="btree_not_null")
    street = fields.Char()
    street2 = fields.Char()
    zip = fields.Char(string="Postcode")
    city = fields.Char()
    country_code = fields.Char(
        string="Country",
        size=2,
        help="Two letters (ISO 3166), empty for an address in France.",
    )
    idempotency_key = fields.Char(readonly=True, copy=False)
    source_message_id = fields.Char(
        string="Message identifier", readonly=True, copy=False, index="btree_not_null"
    )
    is_suspect = fields.Boolean(
        string="Looks automatic",
        readonly=True,
        help="No acknowledgement leaves by itself: an agent decides.",
    )

    outcome = fields.Selection(OUTCOMES, readonly=True, tracking=True)
    outcome_reason = fields.Text(string="Reasons", readonly=True)
    decided_at = fields.Datetime(string="Decided on", readonly=True)
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    closed_at = fields.Datetime(string="Closed on", readonly=True)

    event_ids = fields.One2many("grc.request.event", "request_id", string="History")
    document_ids = fields.One2many(
        "grc.request.document", "request_id", string="Documents"
    )
    delivery_ids = fields.One2many("grc.delivery", "request_id", string="Messages sent")
    document_count = fields.Integer(compute="_compute_document_count")
    can_take = fields.Boolean(compute="_compute_possible_actions")
    can_decide = fields.Boolean(compute="_compute_possible_actions")
    can_close = fields.Boolean(compute="_compute_possible_actions")

    _name_uniq = models.Constraint(
        "unique(company_id, name)", "This number is already used."
    )
    _idempotency_key_uniq = models.UniqueIndex(
        "(company_id, idempotency_key) WHERE idempotency_key IS NOT NULL",
        "This sending was already recorded.",
    )
    _outcome_before_end = models.Constraint(
        "CHECK(state NOT IN ('decided', 'closed') OR outcome IS NOT NULL)",
        "A request cannot be decided or closed without an outcome.",
    )
    _open_by_service_idx = models.Index(
        "(service_id, stage_id, received_at) WHERE state != 'closed'"
    )
    _received_idx = models.Index("(company_id, received_at)")
    # The order of the lists: an agent's rules are an OR that no other index serves.
    _list_order_idx = models.Index("(received_at DESC, id DESC)")
    _news_idx = models.Index("(service_id) WHERE has_citizen_news")

    # === COMPUTE METHODS === #

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for request in self:
            request.display_name = " – ".join(
                filter(None, (request.name, request.subject))
            )

    @api.depends(
        "requester_kind",
        "requester_lastname",
        "requester_firstname",
        "requester_organization",
        "email_used",
    )
    def _compute_requester_name(self):
        for request in self:
            person = " ".join(
                filter(None, (request.requester_firstname, request.requester_lastname))
            )
            if request.requester_kind == "person":
                name = person or request.requester_organization
            else:
                name = request.requester_organization or person
            request.requester_name = name or request.email_used or False

    @api.depends("email_used", "reply_email")
    def _compute_answer_email(self):
        # The address given for this purpose prevails over the address used:
        # CRPA art. R112-11-3.
        for request in self:
            request.answer_email = request.reply_email or request.email_used

    @api.depends("document_ids")
    def _compute_document_count(self):
        for request in self:
            request.document_count = len(request.document_ids)

    @api.depends("stage_id", "state", "agent_id", "outcome")
    def _compute_possible_actions(self):
        for request in self:
            open_transitions = request._open_transitions()
            request.can_take = (
                request.state in ("received", "instruction", "incomplete")
                and request.agent_id != self.env.user
            )
            request.can_decide = any(open_transitions.mapped("is_decision"))
            request.can_close = any(open_transitions.mapped("is_closing"))

    @api.model
    def _group_expand_stage_id(self, stages, domain):
        """Show every step of the circuits in use, the empty ones too."""
        circuits = stages.circuit_id or self.env["grc.circuit"]._default_circuit(
            self.env.company
        )
        return circuits.step_ids

    # === CRUD METHODS === #

    def write(self, vals):
        """Refuse facts that only the methods of the request may write.

        Moving a request to another step, as a drag on the board does, goes
        through the gate of the circuit.

        :raise UserError: when ``vals`` holds a protected field
        """
        forbidden = self._protected_fields().intersection(vals)
        if forbidden:
            raise UserError(
                self.env._(
                    "These facts of a request are not changed by hand: %(fields)s.",
                    fields=", ".join(
                        sorted(self._fields[name].string for name in forbidden)
                    ),
                )
            )
        vals = dict(vals)
        step_id = vals.pop("stage_id", None)
        linked = (
            self.filtered(lambda request: request.partner_id.id != vals["partner_id"])
            if "partner_id" in vals
            else self.browse()
        )
        result = super().write(vals) if vals else True
        if step_id:
            for request in self:
                request._move_to_step(self.env["grc.circuit.step"].browse(step_id))
        for request in linked:
            request._log_event("citizen_linked", citizen=request.partner_id.id or None)
        return result

    @api.model
    def _protected_fields(self):
        """Return the fields that ``write`` refuses, whoever asks.

        :rtype: frozenset[str]
        """
        return PROTECTED_FIELDS

    def _write_facts(self, vals):
        """Write ``vals``, protected fields included. For our own methods only."""
        # Past our own ``write``, which refuses these fields.
        # pylint: disable-next=super-method-mismatch
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(
            self.env._(
                "A request is never deleted: it is public archive "
                "(Code du patrimoine, art. L212-2)."
            )
        )

    # === ACTION METHODS === #

    def action_take(self):
        """Put the request in the hands of the agent who clicks."""
        for request in self:
            request.check_access("write")
            transition = request._open_transitions().filtered(
                lambda t, request=request: (
                    request.state == "received" and t.to_step_id.state == "instruction"
                )
            )[:1]
            if transition:
                request._apply_transition(transition)
            request.agent_id = self.env.user
            request._log_event("taken", agent=self.env.user.name)

    def action_close(self):
        for request in self:
            transition = request._open_transitions().filtered("is_closing")[:1]
            if not transition:
                raise UserError(
                    self.env._(
                        "Decide first: a request is closed with an outcome and an "
                        "answer to the citizen."
                    )
                )
            request._apply_transition(transition)

    def action_open_documents(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Documents"),
            "res_model": "grc.request.document",
            "view_mode": "list",
            "domain": [("request_id", "=", self.id)],
        }

    # === BUSINESS METHODS === #

    def _log_event(self, kind, on=None, **payload):
        """Append a fact to the history of the request.

        :param str kind: a kind of ``grc.request.event``
        :param date on: local civil day of the fact; today when not given
        :param payload: values JSON can hold
        :rtype: grc.request.event
        """
        self.ensure_one()
        # sudo: nobody has the right to create an event; this is its only door
        return self.env["grc.request.event"].sudo()._append(self, kind, on, payload)

    def _local_day(self, instant=None):
        """Return the civil day of an instant for the local authority.

        :param datetime instant: naive UTC, now when not given
        :rtype: date
        """
        self.ensure_one()
        return fields.Datetime.context_timestamp(
            self.with_context(tz=self.company_id.grc_timezone),
            instant or fields.Datetime.now(),
        ).date()

    # === MAIL HOOKS === #

    def _mail_get_partner_fields(self, introspect_fields=False):
        # The citizen is written to by the outbox, never by the discussion.
        return []

    def _message_add_suggested_recipients(self, force_primary_email=False):
        return {
            record.id: {"email_to_lst": [], "partners": self.env["res.partner"]}
            for record in self
        }

    def _check_writer(self):
        """Raise unless the current user may act on the request as an agent.

        :raise AccessError: for a portal user, whatever the record rules
        """
        self.check_access("write")
        if self.env.user.share and not self.env.su:
            raise AccessError(self.env._("Only an agent may do this."))
