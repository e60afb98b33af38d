import json
from datetime import timezone

from odoo import api, models
from odoo.tools import SQL, split_every

from ..const import CLOCK_EVENTS
from ..rules import clock
from ..rules.conventions import conventions_from_values

_BATCH = 2000
_READ = ("received_at", "channel", "company_id")


class GrcRequest(models.Model):
    """The clocks of many requests computed again: after an update, or to check."""

    _inherit = "grc.request"

    @api.model
    def _recompute_clocks(self, domain=(), batch_size=_BATCH):
        """Compute again the legal days of requests; write those that differ only.

        Reads and writes in batches, past the cache of the records: the days are the
        same as ``_compute_clock`` gives. The caller commits.

        :param domain: which requests, all when empty
        :param int batch_size: how many are read at once
        :return: how many differed
        :rtype: int
        """
        requests = self.with_context(active_test=False)
        ids = requests.search(list(domain), order="id").ids
        return sum(
            self._recompute_clock_batch(list(batch))
            for batch in split_every(batch_size, ids)
        )

    @api.model
    def _recompute_clock_batch(self, ids):
        changed = self._changed_clocks(ids)
        return self._write_clock_rows(changed) if changed else 0

    @api.model
    def _changed_clocks(self, ids):
        """Return the requests whose stored days are not those of their facts.

        :return: ids, by name and right day of each field that differs
        :rtype: dict[tuple[str, date | None], list[int]]
        """
        columns = self._clock_columns()
        self.flush_model([*_READ, *columns, *clock.CLOCK_DAYS, "clock_conventions"])
        self.env["grc.request.event"].flush_model()
        rows = self._read_clock_rows(ids, columns)
        places = {
            company.id: (company.grc_territory, company.grc_timezone)
            for company in self.env["res.company"].browse({row[3] for row in rows})
        }
        events = self._read_clock_events(ids, rows)
        choices, changed = {}, {}
        for row in rows:
            request_id, received_at, channel, company_id, values, *others = row
            facts, stored = others[: len(columns)], tuple(others[len(columns) :])
            territory, zone = places[company_id]
            if values not in choices:
                choices[values] = conventions_from_values(json.loads(values or "null"))
            days = clock.evaluate(
                self._build_clock_facts(
                    territory=territory,
                    received_on=clock.local_day(
                        received_at.replace(tzinfo=timezone.utc), zone
                    ),
                    events=events.get(request_id, ()),
                    **dict(zip(columns, facts, strict=True)),
                ),
                choices[values],
                with_steps=False,
            )
            found = self._clock_days(days, channel)
            for (name, day), old in zip(found.items(), stored, strict=True):
                if day != old:
                    changed.setdefault((name, day), []).append(request_id)
        return changed

    def _read_clock_rows(self, ids, columns):
        names = (*columns, *clock.CLOCK_DAYS)
        # As text: a handful of choices for thousands of requests, read once each.
        return self.env.execute_query(
            SQL(
                "SELECT id, %s, clock_conventions::text, %s"
                " FROM grc_request WHERE id = ANY(%s)",
                SQL(", ").join(SQL.identifier(name) for name in _READ),
                SQL(", ").join(SQL.identifier(name) for name in names),
                ids,
            )
        )

    def _read_clock_events(self, ids, rows):
        """Return the facts that the rules read, as recorded, by id of the request.

        :param rows: what ``_read_clock_rows`` read of the same requests
        """
        model = self.env["grc.request.event"]
        zones = self._moved_zones(rows)
        facts = self.env.execute_query(
            SQL(
                """SELECT request_id, happened_at, kind, happened_on,
                          (payload->>'deadline')::date,
                          COALESCE((payload->>'indispensable')::boolean, true),
                          COALESCE((payload->>'instant')::boolean, false),
                          payload->'pieces'
                     FROM grc_request_event
                    WHERE request_id = ANY(%s) AND kind = ANY(%s)
                    ORDER BY request_id, sequence""",
                ids,
                list(CLOCK_EVENTS),
            )
        )
        events = {}
        for request_id, recorded_at, kind, day, *fact in facts:
            if request_id in zones:
                day = model._day_in_zone(day, recorded_at, *zones[request_id])
            events.setdefault(request_id, []).extend(
                model._rule_events(kind, day, *fact)
            )
        return events

    def _write_clock_rows(self, changed):
        """Write the days of many requests, and what hangs on them, at once.

        :param dict changed: ``(name of the field, day)`` -> ids of the requests
        """
        ids = set().union(*changed.values())
        # Of what hangs on the days, only what is asked for is read.
        model = self.with_context(prefetch_fields=False)
        requests = model.browse(sorted(ids))
        requests.invalidate_recordset(clock.CLOCK_DAYS, flush=False)
        fields = [self._fields[name] for name in clock.CLOCK_DAYS]
        # As a compute does: past the business logic of ``write``, one UPDATE at the
        # end. Requests that share a day are written together.
        with self.env.protecting(fields, requests):
            for (name, day), same_ids in changed.items():
                model.browse(same_ids).with_prefetch(requests.ids)[name] = day
        requests.modified(clock.CLOCK_DAYS)
        requests.flush_recordset()
        requests.invalidate_recordset(flush=False)
        return len(requests)
