from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.grc_base.const import OPEN_STATES

from ..rules.clock import Event
from ..rules.corrections import (
    apply_corrections,
    correction_effect,
    waiver_completes,
)
from ..rules.silence import implicit_on

_KINDS = ("missing_waived", "missing_extended")


class GrcRequest(models.Model):
    """Requests for documents put right: a document waived, more time given."""

    _inherit = "grc.request"

    @api.model
    def _build_clock_facts(self, **facts):
        facts["events"] = apply_corrections(facts["events"])
        return super()._build_clock_facts(**facts)

    @api.model
    def _citizen_event_kinds(self):
        return super()._citizen_event_kinds() + _KINDS

    # === WHAT IT CHANGES, BEFORE IT IS DONE === #

    def _correction_effect(self, events):
        """Return what facts of the rules would do to J.

        :param events: ``Event`` values that did not happen yet
        :return: kind of effect, J without them, J with them
        :rtype: tuple[str, date | None, date | None]
        """
        self.ensure_one()
        conventions = self._conventions()
        before = implicit_on(self._clock_facts(), conventions)
        after = implicit_on(self._clock_facts(also=events), conventions)
        return correction_effect(before, after, self._local_day()), before, after

    def _correction_sentence(self, events):
        """Say to the agent what facts of the rules would do to J.

        :rtype: str
        """
        kind, before, after = self._correction_effect(events)
        none = self.env._("none")
        before = self._explain_day(before) or none
        after = self._explain_day(after) or none
        if kind == "none":
            return self.env._(
                "No date changes. Implicit decision: %(before)s.", before=before
            )
        if kind == "past":
            return self.env._(
                "Take care: silence has decided already, on %(after)s. The document "
                "that was asked for by mistake did not stop the period. The implicit "
                "decision will be recorded tonight.",
                after=after,
            )
        return self.env._(
            "Implicit decision: %(after)s, instead of %(before)s.",
            after=after,
            before=before,
        )

    def _waiver_events(self, pieces):
        """Return what waiving documents would be for the rules.

        :param grc.missing.piece pieces: documents of this request
        :rtype: tuple[Event, ...]
        """
        self.ensure_one()
        waived = Event(
            "missing_waived", self._local_day(), pieces=tuple(pieces.mapped("name"))
        )
        complete_on = self._complete_without(pieces)
        if complete_on:
            return waived, Event("all_produced", complete_on)
        return (waived,)

    def _complete_without(self, pieces):
        """Return the day on which the file was complete, had these not been asked.

        :rtype: date | None
        """
        # sudo: the whole file counts
        others_sudo = (self.sudo().missing_piece_ids - pieces.sudo()).filtered(
            lambda piece: piece._is_blocking()
        )
        received = others_sudo.filtered("received_on")
        completes = waiver_completes(
            any(piece._is_blocking() for piece in pieces),
            bool(received),
            bool(others_sudo - received),
        )
        if not completes:
            return None
        days = received.mapped("received_on")
        days += received.missing_request_id.mapped("notified_on")
        return max(filter(None, days))

    def _extension_event(self, missing, deadline):
        """Return what more time would be for the rules.

        :rtype: Event
        """
        self.ensure_one()
        return Event(
            "missing_extended",
            self._local_day(),
            deadline,
            pieces=tuple(missing._awaited_lines().mapped("name")),
        )

    # === WAIVING === #

    def _waive_pieces(self, pieces, reason):
        """Ask no more for documents asked by mistake, and tell the citizen.

        The facts stay: the clock is what it would be had nobody asked.

        :param grc.missing.piece pieces: documents of this request
        :param str reason: why they are not needed, told to the citizen
        :raise UserError: without a reason, or when nothing may be waived
        """
        self.ensure_one()
        self._check_correction(reason)
        # sudo: nobody writes these facts by hand; the rights were checked above
        awaited_sudo = self.sudo()._awaited_pieces()
        names = {
            piece.name.casefold() for piece in awaited_sudo if piece.id in pieces.ids
        }
        # Asked for twice, a document is waived once for both.
        pieces_sudo = awaited_sudo.filtered(
            lambda piece: piece.name.casefold() in names
        )
        if not pieces_sudo:
            raise UserError(self.env._("None of these documents is awaited any more."))
        kind, _before, after = self._correction_effect(self._waiver_events(pieces_sudo))
        complete_on = self._complete_without(pieces_sudo)
        pieces_sudo._write_facts(
            {
                "waived_on": self._local_day(),
                "waived_by_id": self.env.uid,
                "waived_reason": reason.strip(),
            }
        )
        self._log_event(
            "missing_waived", pieces=pieces_sudo.mapped("name"), reason=reason.strip()
        )
        if complete_on:
            self._log_event("all_produced", on=complete_on)
        self._tell_correction(
            "grc_sve.missing_waived_content",
            self.env._(
                "Your request %(number)s: a document no longer asked for",
                number=self.name,
            ),
            pieces=pieces_sudo,
            reason=reason.strip(),
            day=after if kind in ("moves", "past") else None,
            left=self._awaited_pieces(),
        )
        if self.state == "incomplete" and not self._awaited_pieces():
            self._follow_transition("instruction")

    # === MORE TIME === #

    def _extend_missing(self, missing, deadline, reason):
        """Give more time for the documents of one request, and tell the citizen.

        :param grc.missing.request missing: of this request
        :param date deadline: new last day
        :param str reason: why, told to the citizen
        :raise UserError: without a reason, or when the day gives no time
        """
        self.ensure_one()
        self._check_correction(reason)
        # sudo: nobody writes these facts by hand; the rights were checked above
        missing_sudo = missing.sudo()
        lines = missing_sudo._awaited_lines()
        if missing_sudo.request_id != self or not lines:
            raise UserError(self.env._("None of these documents is awaited any more."))
        self._check_new_deadline(missing_sudo, deadline)
        event = self._extension_event(missing_sudo, deadline)
        kind, _before, after = self._correction_effect((event,))
        first = missing_sudo.deadline
        missing_sudo._write_facts(
            {
                "deadline": deadline,
                "first_deadline": missing_sudo.first_deadline or first,
            }
        )
        self._log_event(
            "missing_extended",
            deadline=fields.Date.to_string(deadline),
            first_deadline=fields.Date.to_string(first),
            pieces=lines.mapped("name"),
            reason=reason.strip(),
        )
        self._tell_correction(
            "grc_sve.missing_extended_content",
            self.env._(
                "Your request %(number)s: more time for your documents",
                number=self.name,
            ),
            pieces=lines,
            reason=reason.strip(),
            deadline=deadline,
            day=after if kind == "moves" else None,
        )

    def _check_new_deadline(self, missing, deadline):
        if not deadline or deadline <= max(missing.deadline, self._local_day()):
            raise UserError(
                self.env._(
                    "The new last day comes after %(day)s and after today.",
                    day=self._explain_day(missing.deadline),
                )
            )

    def _check_correction(self, reason):
        self._check_writer()
        self.lock_for_update()
        if self.state not in OPEN_STATES:
            raise UserError(
                self.env._("The request is decided: nothing is asked for any more.")
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: the citizen reads the reason."))

    def _tell_correction(self, template, subject, **values):
        localized = self.with_context(lang=self.language)
        for name in ("day", "deadline"):
            values[name] = localized._explain_day(values.get(name) or False)
        body = localized.env["ir.qweb"]._render(
            template, {"number": self.name, "regime": self.silence_regime, **values}
        )
        localized.env["grc.delivery"]._queue(self, "complement", subject, body)
