from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.grc_base.const import OPEN_STATES

from ..rules.missing_reminder import is_reminder_due

_BATCH = 50


class GrcMissingRequest(models.Model):
    """The last day given comes near, then is past: each is told once."""

    _inherit = "grc.missing.request"

    # The last day that each was told about: when it moves, they are told again.
    reminded_for = fields.Date(readonly=True)
    expiry_told_for = fields.Date(readonly=True)

    # === JOB === #

    @api.model
    def _cron_follow_deadlines(self):
        """Remind citizens before the last day given; tell agents when it is past.

        In the morning of each local authority. Run twice, or late, it tells nobody
        again; killed, it loses one batch, found by the next run.
        """
        mornings = self.env["grc.request"]._mornings()
        waiting = self.browse()
        for company, today in mornings.items():
            waiting |= self._near_or_past(company, today)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(waiting))
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            for missing in batch.try_lock_for_update():
                missing._follow_deadline(mornings[missing.request_id.company_id])
            if not cron._commit_progress(len(batch)):
                break

    @api.model
    def _near_or_past(self, company, today):
        """Return the requests for documents that somebody must be told about."""
        last = today + timedelta(days=company.grc_missing_reminder_days)
        found = self.search(
            Domain("request_id.company_id", "=", company.id)
            & Domain("request_id.state", "in", OPEN_STATES)
            & Domain("notified_on", "!=", False)
            & Domain("deadline", "<=", last)
            & Domain(
                "line_ids",
                "any",
                [("received_on", "=", False), ("waived_on", "=", False)],
            ),
            order="deadline, id",
        )
        # Compared here: a domain compares no field with another.
        return found.filtered(
            lambda missing: (
                missing._must_remind(today) or missing._must_tell_agent(today)
            )
        )

    def _follow_deadline(self, today):
        self.ensure_one()
        # Read before the lock, these may have changed since.
        self.invalidate_recordset()
        self.line_ids.invalidate_recordset(["received_on", "waived_on"])
        if self.request_id.state not in OPEN_STATES or not self._awaited_lines():
            return
        if self._must_remind(today):
            self._remind()
        elif self._must_tell_agent(today):
            self._tell_agent()

    def _must_remind(self, today):
        request = self.request_id
        return bool(
            self.reminded_for != self.deadline
            and request.answer_email
            and not request.is_abusive
            and is_reminder_due(
                self.asked_on,
                self.deadline,
                request.company_id.grc_missing_reminder_days,
                today,
            )
        )

    def _must_tell_agent(self, today):
        return self.deadline < today and self.expiry_told_for != self.deadline

    # === TELLING === #

    def _remind(self):
        """Write to the citizen: what is awaited, by when, and what happens then."""
        self.ensure_one()
        missing = self.with_context(lang=self.request_id.language)
        request, pieces = missing.request_id, missing._awaited_lines()
        body = missing.env["ir.qweb"]._render(
            "grc_sve.missing_reminder_content",
            {
                "number": request.name,
                "pieces": pieces,
                "deadline": request._explain_day(self.deadline),
                "consequence": missing._consequence(),
            },
        )
        missing.env["grc.delivery"]._queue(
            request,
            "reminder",
            missing.env._(
                "Your request %(number)s: documents to send by %(day)s",
                number=request.name,
                day=request._explain_day(self.deadline),
            ),
            body,
            automatic=True,
        )
        self._write_facts({"reminded_for": self.deadline})
        self.request_id._log_event(
            "missing_reminded",
            deadline=fields.Date.to_string(self.deadline),
            pieces=pieces.mapped("name"),
        )

    def _tell_agent(self):
        """Plan for the agent what to do without the documents."""
        self.ensure_one()
        language = self.env["grc.request"]._intake_language(
            None, self.request_id.company_id
        )
        request = self.request_id.with_context(lang=language)
        request._call_agent(
            request.env._("%(number)s: documents not received", number=request.name),
            request.env._(
                "They were to come by %(day)s: %(pieces)s. Decide, ask again, or give "
                "more time.",
                day=request._explain_day(self.deadline),
                pieces=", ".join(self._awaited_lines().mapped("name")),
            ),
        )
        self._write_facts({"expiry_told_for": self.deadline})
