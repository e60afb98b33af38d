from odoo import fields, models

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
            if event.kind in CLOCK_EVENTS:
                deadline = payload.get("deadline")
                events.append(
                    Event(
                        CLOCK_EVENTS[event.kind],
                        event.happened_on,
                        deadline=deadline and fields.Date.to_date(deadline) or None,
                        indispensable=payload.get("indispensable", True),
                    )
                )
            if event.kind == "are_sent" and payload.get("instant"):
                events.append(Event("are_instant", event.happened_on))
        return tuple(events)

    def _citizen_detail(self):
        if self.kind in ("aee_sent", "are_sent"):
            return (self.payload or {}).get("address") or ""
        return super()._citizen_detail()
