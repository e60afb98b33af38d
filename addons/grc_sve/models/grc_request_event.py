from odoo import api, fields, models

from ..const import CLOCK_EVENTS, EVENT_KINDS
from ..rules.clock import Event


class GrcRequestEvent(models.Model):
    _inherit = "grc.request.event"

    kind = fields.Selection(
        selection_add=EVENT_KINDS,
        ondelete={kind: "cascade" for kind, _label in EVENT_KINDS},
    )

    def _clock_events(self):
        """Return what the rules of the law must know of these facts.

        :rtype: tuple[Event, ...]
        """
        events = []
        for event in self:
            payload = event.payload or {}
            deadline = payload.get("deadline")
            events += self._rule_events(
                event.kind,
                event._clock_day(),
                deadline and fields.Date.to_date(deadline) or None,
                payload.get("indispensable", True),
                payload.get("instant"),
                payload.get("pieces"),
            )
        return tuple(events)

    @api.model
    def _rule_events(self, kind, day, deadline, indispensable, instant, pieces=None):
        """Return one fact of the history as the rules read it: none, one or two.

        :param str kind: a kind of ``grc.request.event``
        :param date day: civil day of the fact
        :param date deadline: last day given to produce the documents
        :param list pieces: names of the documents, for a request or its correction
        :rtype: list[Event]
        """
        events = []
        if kind in CLOCK_EVENTS:
            # Only a correction needs the names of what was asked for.
            names = tuple(pieces or ()) if kind.startswith("missing_") else ()
            events.append(
                Event(CLOCK_EVENTS[kind], day, deadline, indispensable, names)
            )
        if kind == "are_sent" and instant:
            events.append(Event("are_instant", day))
        return events

    def _citizen_detail(self):
        if self.kind in ("aee_sent", "are_sent"):
            return (self.payload or {}).get("address") or ""
        return super()._citizen_detail()
