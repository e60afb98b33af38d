from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..rules.missing import drop_contradicted

_OPEN = ("received", "instruction", "incomplete")


class GrcRequest(models.Model):
    """The documents that a request lacks: asked for, awaited."""

    _inherit = "grc.request"

    missing_request_ids = fields.One2many(
        "grc.missing.request",
        "request_id",
        string="Requests for documents",
        groups="base.group_user",
    )
    missing_piece_ids = fields.One2many(
        "grc.missing.piece",
        "request_id",
        string="Documents asked for",
        groups="base.group_user",
    )
    missing_deadline = fields.Date(
        string="Documents awaited by",
        compute="_compute_missing_deadline",
        groups="base.group_user",
    )

    @api.depends("missing_piece_ids.received_on", "missing_piece_ids.waived_on")
    def _compute_missing_deadline(self):
        groups = self.env["grc.missing.piece"]._read_group(
            [
                ("request_id", "in", self.ids),
                ("received_on", "=", False),
                ("waived_on", "=", False),
            ],
            ["request_id", "missing_request_id"],
        )
        days = {}
        for request, missing in groups:
            known = days.get(request.id, missing.deadline)
            days[request.id] = min(known, missing.deadline)
        for request in self:
            request.missing_deadline = days.get(request.id, False)

    @api.model
    def _build_clock_facts(self, **facts):
        facts["events"] = drop_contradicted(facts["events"])
        return super()._build_clock_facts(**facts)

    def _awaited_pieces(self):
        """Return the documents asked for that have not come.

        :rtype: grc.missing.piece
        """
        self.ensure_one()
        return self.missing_piece_ids.filtered(
            lambda piece: not piece.received_on and not piece.waived_on
        )

    def _awaited_names(self):
        """Return the names of the documents that still have time to come.

        :rtype: set[str]
        """
        self.ensure_one()
        today = self._local_day()
        return {
            piece.name.casefold()
            for piece in self._awaited_pieces()
            if piece.deadline >= today
        }

    # === ASKING === #

    def _missing_days(self):
        """Return how many days are proposed for the documents that are missing."""
        self.ensure_one()
        # sudo: a number, which an agent of any service may know
        request_sudo = self.sudo()
        return (
            request_sudo.prestation_id.missing_days
            or request_sudo.company_id.grc_missing_days
        )

    def _missing_errors(self, pieces, deadline):
        """Say why documents cannot be asked for: ``{"pieces" | "deadline": text}``.

        :param list pieces: dicts ``name``, ``legal_basis``, ``is_indispensable``
        :param date deadline: last day given
        :rtype: dict[str, str]
        """
        self.ensure_one()
        errors = {}
        if not pieces:
            errors["pieces"] = self.env._("Choose at least one document to ask for.")
        elif not all((piece["name"] or "").strip() for piece in pieces):
            errors["pieces"] = self.env._("Name each document.")
        else:
            bare = [
                piece["name"]
                for piece in pieces
                if not (piece["legal_basis"] or "").strip()
            ]
            if bare:
                errors["pieces"] = self.env._(
                    "Say which text requires: %(pieces)s. Only documents that a text "
                    "requires may be asked for (CRPA, art. L114-5).",
                    pieces=", ".join(bare),
                )
            awaited = self._awaited_names()
            again = [
                piece["name"]
                for piece in pieces
                if (piece["name"] or "").strip().casefold() in awaited
            ]
            if again and not bare:
                errors["pieces"] = self.env._(
                    "Already asked for, and still awaited: %(pieces)s.",
                    pieces=", ".join(again),
                )
        if not deadline or deadline <= self._local_day():
            errors["deadline"] = self.env._(
                "The last day given must come after today: the citizen needs time."
            )
        return errors

    def _ask_missing(self, pieces, deadline, is_regularisation=False, formalities=None):
        """Ask the citizen for documents, by a day, with the effect of the law.

        :param list pieces: dicts ``name``, ``legal_basis``, ``is_indispensable``
        :param date deadline: last day given
        :param bool is_regularisation: a defect of form (CRPA, art. L114-6)
        :param str formalities: what to do to mend it, told to the citizen
        :raise UserError: when something is missing, or the request is not open
        :rtype: grc.missing.request
        """
        self.ensure_one()
        self._check_writer()
        self.lock_for_update()
        if self.state not in _OPEN:
            raise UserError(
                self.env._("The request is decided: nothing is asked for any more.")
            )
        self._regime_printed()
        errors = self._missing_errors(pieces, deadline)
        if errors:
            raise UserError("\n".join(errors.values()))
        today = self._local_day()
        # sudo: nobody writes these facts by hand; the rights were checked above
        missing_sudo = self.env["grc.missing.request"].sudo()
        blocking = any(piece["is_indispensable"] for piece in pieces)
        forecast = missing_sudo._forecast(self, deadline, blocking, is_regularisation)
        missing = missing_sudo.create(
            {
                "request_id": self.id,
                "asked_on": today,
                "deadline": deadline,
                "days": (deadline - today).days,
                "is_regularisation": is_regularisation,
                "formalities": is_regularisation and formalities,
                "line_ids": [
                    Command.create(
                        {
                            "name": piece["name"].strip(),
                            "legal_basis": piece["legal_basis"].strip(),
                            "is_indispensable": piece["is_indispensable"],
                        }
                    )
                    for piece in pieces
                ],
            }
        )
        self._write_facts({"has_citizen_news": False})
        if not self._acknowledge_asking(missing, forecast):
            missing._send(forecast)
        self._wait_for_pieces()
        return missing.with_env(self.env)

    def _wait_for_pieces(self):
        if self.state == "received":
            self._follow_transition("instruction")
        self._follow_transition("incomplete")

    def _follow_transition(self, state):
        """Go through the gate to a step of ``state``, when the circuit has one."""
        transition = self._open_transitions().filtered(
            lambda candidate: (
                candidate.to_step_id.state == state and not candidate.needs_comment
            )
        )[:1]
        if transition and self.state != state:
            self._apply_transition(transition)
