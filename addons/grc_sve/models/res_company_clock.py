import logging
from datetime import UTC

from odoo import api, fields, models

from ..rules.periods import fact_day, zone_at

_logger = logging.getLogger(__name__)

_PLACE = ("grc_territory", "grc_timezone")
_BATCH = 500


class ResCompany(models.Model):
    """The territory or the time zone was wrong: the days of the requests follow."""

    _inherit = "res.company"

    grc_clocks_state = fields.Selection(
        [
            ("right", "Up to date"),
            ("stale", "To be computed again"),
            ("running", "Being computed again"),
        ],
        string="Days of the requests",
        required=True,
        readonly=True,
        default="right",
    )
    grc_clocks_next_id = fields.Integer(
        string="Last request computed again", readonly=True
    )
    # [instant (UTC) of the change, name of the zone until then], the oldest first.
    grc_past_zones = fields.Json(string="Former time zones", readonly=True)

    @api.onchange(*_PLACE)
    def _onchange_grc_place(self):
        origin = self._origin
        if origin and any(self[name] != origin[name] for name in _PLACE):
            return {
                "warning": {
                    "title": self.env._("The legal days depend on this setting"),
                    "message": self.env._(
                        "The requests already received keep the days computed so far. "
                        "Save, then use “Recompute the days” to correct them."
                    ),
                }
            }
        return None

    def write(self, vals):
        before = {company: [company[name] for name in _PLACE] for company in self}
        result = super().write(vals)
        if not set(_PLACE).isdisjoint(vals):
            for company, place in before.items():
                if place != [company[name] for name in _PLACE]:
                    company._note_place_change(*place)
        return result

    def _note_place_change(self, territory, zone):
        """Offer to compute the days again, when there are requests.

        :param str territory: the one until now
        :param str zone: the time zone until now
        """
        self.ensure_one()
        # sudo: whoever sets the town up may not see its requests; only their existence
        requests_sudo = self.env["grc.request"].sudo().with_context(active_test=False)
        if not requests_sudo.search_count([("company_id", "=", self.id)], limit=1):
            return
        vals = {"grc_clocks_state": "stale", "grc_clocks_next_id": 0}
        if zone != self.grc_timezone:
            now = fields.Datetime.to_string(fields.Datetime.now())
            vals["grc_past_zones"] = [*(self.grc_past_zones or []), [now, zone]]
        _logger.info(
            "%s: territory %s, time zone %s became %s, %s",
            self.name,
            territory,
            zone,
            self.grc_territory,
            self.grc_timezone,
        )
        self.write(vals)

    def action_recompute_clocks(self):
        """Have the days of every request computed again, in the background."""
        self.check_access("write")
        self.filtered(lambda c: c.grc_clocks_state == "stale").write(
            {"grc_clocks_state": "running", "grc_clocks_next_id": 0}
        )
        # sudo: the job is the software's; the right to ask for it was checked above
        self.env.ref("grc_sve.ir_cron_recompute_clocks").sudo()._trigger()

    def _past_zones(self):
        """Return the former time zones, as the rules read them.

        :rtype: list[tuple[datetime, str]]
        """
        self.ensure_one()
        return [
            (fields.Datetime.to_datetime(until).replace(tzinfo=UTC), zone)
            for until, zone in self.grc_past_zones or []
        ]


class GrcRequestEvent(models.Model):
    _inherit = "grc.request.event"

    def _clock_day(self):
        """Return the civil day of the fact for the clock.

        A day that came from the instant of the record follows the time zone of the
        town, once it was put right; what was recorded stays as it was recorded.

        :rtype: date
        """
        self.ensure_one()
        company = self.request_id.company_id
        past = company._past_zones()
        if not past:
            return self.happened_on
        return self._day_in_zone(
            self.happened_on, self.happened_at, past, company.grc_timezone
        )

    @api.model
    def _day_in_zone(self, day, recorded_at, past, zone):
        """Return a recorded day in the time zone of today.

        :param datetime recorded_at: instant of the record, naive UTC
        :param past: what ``_past_zones`` returns
        :param str zone: IANA name of today's time zone
        :rtype: date
        """
        instant = recorded_at.replace(tzinfo=UTC)
        return fact_day(day, instant, zone_at(instant, past, zone), zone)


class GrcRequest(models.Model):
    _inherit = "grc.request"

    @api.model
    def _moved_zones(self, rows):
        """Return the time zones of requests whose town corrected its own.

        :param rows: what ``_read_clock_rows`` read
        :return: ``(former zones, zone)`` by id of the request; empty for most towns
        :rtype: dict[int, tuple[list, str]]
        """
        companies = self.env["res.company"].browse({row[3] for row in rows})
        moved = {
            company.id: (company._past_zones(), company.grc_timezone)
            for company in companies
            if company.grc_past_zones
        }
        return {row[0]: moved[row[3]] for row in rows if row[3] in moved}

    @api.model
    def _cron_recompute_clocks(self):
        """Compute again the days of the towns that asked for it.

        Killed, it starts again where it was; run twice, it finds nothing to change.
        """
        cron = self.env["ir.cron"]
        requests = self.with_context(active_test=False)
        for company in self.env["res.company"].search(
            [("grc_clocks_state", "=", "running")]
        ):
            mine = [("company_id", "=", company.id)]
            while batch := requests.search(
                [*mine, ("id", ">", company.grc_clocks_next_id)],
                order="id",
                limit=_BATCH,
            ):
                batch._recompute_and_log()
                company.grc_clocks_next_id = batch[-1].id
                left = requests.search_count([*mine, ("id", ">", batch[-1].id)])
                # One more: to say that it is over.
                if not cron._commit_progress(len(batch), remaining=left + 1):
                    return
                self.env.invalidate_all()
            company.write({"grc_clocks_state": "right", "grc_clocks_next_id": 0})
            cron._commit_progress(1, remaining=0)

    def _recompute_and_log(self):
        """Compute the days of these requests again; log each that changes."""
        changed = self._changed_clocks(self.ids)
        moved = {}
        for (name, day), ids in changed.items():
            for request in self.browse(ids):
                moved.setdefault(request.id, {})[name] = [
                    str(request[name] or ""),
                    str(day or ""),
                ]
        if changed:
            self._write_clock_rows(changed)
        # The last working day before J may change even when J does not.
        for name in ("next_due_on", "next_due_kind"):
            self.env.add_to_compute(self._fields[name], self)
        self.flush_recordset()
        for request in self.browse(moved):
            request._log_event(
                "clock_recomputed",
                territory=request.company_id.grc_territory,
                timezone=request.company_id.grc_timezone,
                days=moved[request.id],
            )
