from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.grc_base.const import OPEN_STATES

_NEAR_DAYS = 7


class GrcService(models.Model):
    """What a service must not miss, in numbers: the first screen of its head."""

    _inherit = "grc.service"

    red_count = fields.Integer(string="Red list", compute="_compute_deadline_counts")
    to_acknowledge_count = fields.Integer(
        string="To acknowledge", compute="_compute_deadline_counts"
    )
    incomplete_count = fields.Integer(
        string="Incomplete", compute="_compute_deadline_counts"
    )
    near_count = fields.Integer(
        string="Silence decides within 7 days", compute="_compute_deadline_counts"
    )
    implicit_count = fields.Integer(
        string="Decided by silence", compute="_compute_deadline_counts"
    )
    reasons_count = fields.Integer(
        string="Reasons to give", compute="_compute_deadline_counts"
    )
    has_deadlines = fields.Boolean(compute="_compute_deadline_counts")
    is_followed = fields.Boolean(
        string="Services that I follow",
        compute="_compute_is_followed",
        search="_search_is_followed",
    )

    @api.model
    def _deadline_domains(self):
        """Return the requests that each number counts, by name of the number.

        :rtype: dict[str, Domain]
        """
        requests = self.env["grc.request"]
        today = requests._company_day(self.env.company)
        is_open = Domain("state", "in", OPEN_STATES)
        awaited = [("received_on", "=", False), ("waived_on", "=", False)]
        return {
            "red": Domain("is_ack_red", "=", True),
            "to_acknowledge": Domain("ack_state", "in", ("waiting", "aee_sent"))
            & Domain("is_abusive", "=", False)
            & Domain("competent_administration_id", "=", False),
            "incomplete": is_open & Domain("missing_piece_ids", "any", awaited),
            "near": is_open
            & Domain("implicit_decision", "=", False)
            & Domain("implicit_on", ">=", today)
            & Domain("implicit_on", "<=", today + timedelta(days=_NEAR_DAYS)),
            "implicit": is_open
            & Domain("implicit_decision", "!=", False)
            & Domain("implicit_withdrawn_on", "=", False)
            & Domain("implicit_unborn_on", "=", False),
            "reasons": Domain("reasons_due_on", "!=", False)
            & Domain("reasons_given_on", "=", False)
            & Domain("outcome", "=", False),
        }

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_deadline_counts(self):
        requests = self.env["grc.request"]
        mine = Domain("service_id", "in", self.ids)
        self.has_deadlines = False
        for name, domain in self._deadline_domains().items():
            counts = dict(
                requests._read_group(mine & domain, ["service_id"], ["__count"])
            )
            for service in self:
                count = counts.get(service, 0)
                service[f"{name}_count"] = count
                service.has_deadlines = service.has_deadlines or bool(count)

    @api.depends_context("uid")
    def _compute_is_followed(self):
        followed = self.search([("is_followed", "=", True), ("id", "in", self.ids)])
        for service in self:
            service.is_followed = service in followed

    def _search_is_followed(self, operator, value):
        if operator != "in":
            return NotImplemented
        user = self.env.user
        ids = [*user.grc_service_ids.ids, *user._grc_headed_service_ids()]
        domain = Domain("id", "in", ids)
        if user.has_group("grc_base.group_grc_manager") or user.has_group(
            "grc_base.group_grc_desk"
        ):
            domain |= Domain("data_class", "=", "ordinary")
        return domain

    # === ACTION METHODS === #

    def action_show_red(self):
        return self._action_show("red", self.env._("Red list"))

    def action_show_to_acknowledge(self):
        return self._action_show("to_acknowledge", self.env._("To acknowledge"))

    def action_show_incomplete(self):
        return self._action_show("incomplete", self.env._("Incomplete"))

    def action_show_near(self):
        return self._action_show("near", self.env._("Silence decides within 7 days"))

    def action_show_implicit(self):
        return self._action_show("implicit", self.env._("Decided by silence"))

    def action_show_reasons(self):
        return self._action_show("reasons", self.env._("Reasons to give"))

    def _action_show(self, name, title):
        """Open the list of the requests that a number counts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "grc_base.grc_request_action"
        )
        domain = Domain("service_id", "=", self.id) & self._deadline_domains()[name]
        return action | {
            "name": f"{self.name} – {title}",
            "domain": list(domain),
            "context": {},
        }
