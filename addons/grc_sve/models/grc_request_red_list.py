from odoo import api, fields, models
from odoo.fields import Domain

from ..rules.red_list import red_limit, red_list_until

_NAMED = 20


class GrcRequest(models.Model):
    """Acknowledgements near their limit or past it, told to heads of service."""

    _inherit = "grc.request"

    is_ack_red = fields.Boolean(
        string="Acknowledgement near or past its limit",
        compute="_compute_is_ack_red",
        search="_search_is_ack_red",
    )

    @api.depends("ack_state", "aee_latest", "are_latest", "is_abusive")
    def _compute_is_ack_red(self):
        horizons = {
            company: red_list_until(self._company_day(company), company.grc_territory)
            for company in self.company_id
        }
        for request in self:
            limit = red_limit(request.ack_state, request.aee_latest, request.are_latest)
            request.is_ack_red = bool(
                limit
                and limit <= horizons[request.company_id]
                and not request.is_abusive
                and not request.competent_administration_id
            )

    def _search_is_ack_red(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Never a stored field: what is near changes with the clock alone.
        return Domain.OR(
            Domain("company_id", "=", company.id) & self._red_domain(company)
            for company in self.env.companies
        )

    @api.model
    def _red_domain(self, company):
        """Return what is near its limit, or past it, in one local authority."""
        until = red_list_until(self._company_day(company), company.grc_territory)
        return (
            Domain("is_abusive", "=", False)
            & Domain("competent_administration_id", "=", False)
            & Domain("ack_state", "in", ("waiting", "aee_sent"))
            & (
                Domain("are_latest", "<=", until)
                | (
                    Domain("ack_state", "=", "waiting")
                    & Domain("aee_latest", "<=", until)
                )
            )
        )

    @api.model
    def _company_day(self, company):
        return fields.Date.context_today(self.with_context(tz=company.grc_timezone))

    # === JOB === #

    @api.model
    def _cron_escalate_red_list(self):
        """Call, in the morning, the heads of the services that have a red list.

        Once while their activity is open: run twice or late, it tells nothing more.
        """
        cron = self.env["ir.cron"]
        for company in self._mornings():
            groups = self._read_group(
                Domain("company_id", "=", company.id) & self._red_domain(company),
                ["service_id"],
                ["__count"],
            )
            for service, count in groups:
                self._escalate(service, count)
            if not cron._commit_progress(len(groups)):
                break

    @api.model
    def _escalate(self, service, count):
        requests = self.search(
            Domain("service_id", "=", service.id)
            & self._red_domain(service.company_id),
            order="are_latest, id",
            limit=_NAMED,
        )
        for user in service._people_called():
            words = self.with_context(lang=user.lang).env
            self.env["grc.mail.intake"]._plan_once(
                user,
                words._("Acknowledgements to send: %(service)s", service=service.name),
                words._(
                    "%(count)s requests are near or past the limit of their "
                    "acknowledgement: %(numbers)s. Until it leaves, the period to go "
                    "to court does not run against these people (CRPA, art. L112-12). "
                    "See Follow-up, Red list.",
                    count=count,
                    numbers=", ".join(requests.mapped("name")),
                ),
            )
