import logging
from collections import defaultdict
from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.grc_base.const import OPEN_STATES

from ..rules import implicit

_logger = logging.getLogger(__name__)

_BATCH = 50
_MORNING_HOUR = 7
# From a working day to the next there is a week at most; the rest is margin.
_WARNING_DAYS = 14


class GrcRequest(models.Model):
    """The two jobs of silence: warn before J, write down what is born after it."""

    _inherit = "grc.request"

    # === BIRTH === #

    @api.model
    def _cron_note_implicit_decisions(self):
        """Write down the implicit decisions that are born, however late the job is.

        Run again it finds nothing; killed, it loses one batch, found by the next run.
        """
        cron = self.env["ir.cron"]
        left = self.browse()
        due_days = self._implicit_due_days()
        cron._commit_progress(remaining=self.search_count(self._due_domain(due_days)))
        while True:
            batch = self.search(
                self._due_domain(due_days) & Domain("id", "not in", left.ids),
                order="implicit_on, id",
                limit=_BATCH,
            )
            # What another transaction handles, or fails, is left to the next run.
            batch.try_lock_for_update()._note_births(due_days)
            left |= batch.filtered(lambda request: not request.implicit_decision)
            if not cron._commit_progress(len(batch)) or len(batch) < _BATCH:
                break

    @api.model
    def _implicit_due_days(self):
        """Return, for each local authority, the last day that is over there."""
        now = fields.Datetime.now().replace(tzinfo=UTC)
        return {
            company: implicit.last_elapsed_day(now, company.grc_timezone)
            for company in self.env["res.company"].search([])
        }

    @api.model
    def _due_domain(self, due_days):
        """Return the requests whose J is over and that bear no decision yet."""
        companies = defaultdict(list)
        for company, day in due_days.items():
            companies[day].append(company.id)
        return Domain("implicit_decision", "=", False) & Domain.OR(
            Domain("implicit_on", "<=", day) & Domain("company_id", "in", ids)
            for day, ids in companies.items()
        )

    def _note_births(self, due_days):
        """Note each decision that is born; one that fails keeps none from the law."""
        # Read before the lock, these may have changed since.
        self.invalidate_recordset()
        for request in self:
            try:
                with self.env.cr.savepoint():
                    request._in_town_language()._note_implicit_decision(
                        due_days[request.company_id]
                    )
                    # An error comes out here, and not with the next request.
                    request.flush_recordset()
            except (UserError, ValidationError, ValueError):
                _logger.exception("implicit decision of %s not noted", request.name)

    # === WARNINGS === #

    @api.model
    def _cron_warn_before_silence(self):
        """Tell agents and heads, in the morning, that J comes near."""
        today_by_company = self._mornings()
        cron = self.env["ir.cron"]
        near = self.browse()
        for company, today in today_by_company.items():
            near |= self.search(
                [
                    ("company_id", "=", company.id),
                    ("implicit_decision", "=", False),
                    ("implicit_on", ">=", today),
                    ("implicit_on", "<=", today + timedelta(days=_WARNING_DAYS)),
                    ("state", "in", OPEN_STATES),
                ],
                order="implicit_on, id",
            )
        # Compared here: a domain compares no field with another.
        waiting = near.filtered(
            lambda request: request._warnings(today_by_company[request.company_id])
        )
        cron._commit_progress(remaining=len(waiting))
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            for request in batch.try_lock_for_update():
                today = today_by_company[request.company_id]
                request._in_town_language()._warn(today)
            if not cron._commit_progress(len(batch)):
                break

    @api.model
    def _mornings(self):
        """Return the local day of each local authority where morning has come."""
        now = fields.Datetime.now()
        return {
            company: local.date()
            for company in self.env["res.company"].search([])
            for local in [
                fields.Datetime.context_timestamp(
                    self.with_context(tz=company.grc_timezone), now
                )
            ]
            if local.hour >= _MORNING_HOUR
        }

    def _warnings(self, today):
        """Return who must be told today that J comes: field, user.

        :param date today: local civil day
        :rtype: list[tuple[str, res.users]]
        """
        self.ensure_one()
        day, warnings = self.implicit_on, []
        if not day or self.implicit_decision or day < today:
            return warnings
        head = self.service_id.head_id
        if (
            head
            and self.head_warned_for != day
            and implicit.head_warning_on(day) <= today
        ):
            warnings.append(("head_warned_for", head))
        agent = self._agent_in_charge()
        territory = self.company_id.grc_territory
        if (
            agent
            and self.agent_warned_for != day
            and implicit.agent_warning_on(day, territory) <= today
        ):
            warnings.append(("agent_warned_for", agent))
        return warnings

    def _warn(self, today):
        self.ensure_one()
        # Read before the lock, these may have changed since.
        self.invalidate_recordset(
            ["implicit_on", "implicit_decision", "agent_warned_for", "head_warned_for"]
        )
        if self.silence_regime == "sva":
            note = self.env._("At the end of that day silence accepts this request.")
        else:
            note = self.env._("At the end of that day silence rejects this request.")
        for fact, user in self._warnings(today):
            self._plan(
                user,
                self.env._(
                    "%(number)s: decide by %(day)s",
                    number=self.name,
                    day=self._explain_day(self.implicit_on),
                ),
                note,
                deadline=max(
                    today,
                    implicit.agent_warning_on(
                        self.implicit_on, self.company_id.grc_territory
                    ),
                ),
            )
            self._write_facts({fact: self.implicit_on})
