from odoo import Command, models
from odoo.exceptions import UserError

from ..rules.missing import production_kind


class GrcRequest(models.Model):
    """The documents that were lacking, when they come."""

    _inherit = "grc.request"

    def _receive_pieces(self, pieces, on=None, documents=None, channel=None):
        """Record that documents came. Those recorded already are left alone.

        :param grc.missing.piece pieces: documents of this request
        :param date on: day of the reception; today when not given
        :param grc.request.document documents: the files received, if any
        :param str channel: how they came
        :raise UserError: when the day is impossible
        :return: whether something was recorded
        :rtype: bool
        """
        self.ensure_one()
        self._check_writer()
        self.lock_for_update()
        pieces.invalidate_recordset(["received_on", "waived_on"])
        # sudo: nobody writes these facts by hand; the callers checked the request
        pieces_sudo = pieces.sudo().filtered(
            lambda piece: (
                piece.request_id == self
                and not piece.received_on
                and not piece.waived_on
            )
        )
        if not pieces_sudo:
            return False
        today = self._local_day()
        on = on or today
        self._check_reception_day(pieces_sudo, on, today)
        # Asked for again after the last day given, a document comes once for both.
        names = {piece.name.casefold() for piece in pieces_sudo}
        pieces_sudo |= (
            self.sudo()  # sudo: see above
            ._awaited_pieces()
            .filtered(lambda piece: piece.name.casefold() in names)
        )
        links = [Command.link(document.id) for document in documents or ()]
        for piece in pieces_sudo:
            piece._write_facts(
                {"received_on": max(on, piece.asked_on), "document_ids": links}
            )
        self._after_production(pieces_sudo, channel)
        return True

    def _produce_piece(self, piece, files):
        """Receive a document that the citizen sends herself, once.

        :param grc.missing.piece piece: one document of this request
        :param files: ``(file name, bytes)`` of each file, accepted already
        :return: whether something was recorded
        :rtype: bool
        """
        self.ensure_one()
        # Two clicks at once: the second waits here and then sees what the first did.
        self.lock_for_update()
        piece.invalidate_recordset(["received_on", "waived_on"])
        if piece.received_on or piece.waived_on:
            return False
        documents = self.env["grc.request.document"]._store(
            self, files, origin="citizen", kind="piece"
        )
        self._receive_pieces(piece, documents=documents, channel="portal")
        self._write_facts({"has_citizen_news": True})
        self._call_agent(
            self.env._("Documents received for %(number)s", number=self.name)
        )
        self._after_addition(
            f"piece/{piece.id}",
            documents,
            channel="portal",
            effect=self._production_effect(),
        )
        return True

    def _check_reception_day(self, pieces, on, today):
        if on > today:
            raise UserError(
                self.env._("A document is not received in the future: check the day.")
            )
        asked_on = max(pieces.mapped("asked_on"))
        if on < asked_on:
            raise UserError(
                self.env._(
                    "This document was asked for on %(day)s: it was not received "
                    "before.",
                    day=self._explain_day(asked_on),
                )
            )

    def _after_production(self, pieces, channel):
        # sudo: the whole file counts, and a citizen reads none of these facts
        request_sudo = self.sudo()
        everything = request_sudo.missing_piece_ids
        left = request_sudo._awaited_pieces()
        kind = production_kind(
            any(piece._is_blocking() for piece in pieces),
            sum(piece._is_blocking() for piece in left),
            len(left),
        )
        counted = pieces
        if kind == "all_produced":
            # The file is complete on the day of its last piece, not on the day when
            # the last line was ticked; a letter answered before it left is answered
            # on the day when it left.
            counted |= everything.filtered(lambda piece: piece._is_blocking())
        days = counted.mapped("received_on")
        days += counted.missing_request_id.mapped("notified_on")
        request_sudo._log_event(
            kind,
            on=max(filter(None, days)),
            channel=channel,
            pieces=pieces.mapped("name"),
        )
        if kind == "partial_produced":
            return
        if not request_sudo._acknowledges_addition(channel):
            # Otherwise the acknowledgement of these documents says it.
            request_sudo._tell_complete(max(pieces.mapped("received_on")))
        if request_sudo.state == "incomplete":
            request_sudo._follow_transition("instruction")

    def _tell_complete(self, on):
        """Tell the citizen that the file is complete, and the day that results."""
        self.ensure_one()
        localized = self.with_context(lang=self.language)
        body = localized.env["ir.qweb"]._render(
            "grc_sve.missing_complete_content",
            {
                "number": self.name,
                "received_on": localized._explain_day(on),
                "effect": localized._complete_sentence(),
            },
        )
        localized.env["grc.delivery"]._queue(
            self,
            "complement",
            localized.env._(
                "Your request %(number)s: documents received", number=self.name
            ),
            body,
            automatic=True,
        )

    def _complete_sentence(self):
        """Say when silence will decide, empty when it does not or already did."""
        if not self.implicit_on or self.implicit_on < self._local_day():
            return ""
        day = self._explain_day(self.implicit_on)
        if self.silence_regime == "sva":
            return self.env._(
                "Without an answer from us, your request will be deemed accepted on "
                "%(day)s.",
                day=day,
            )
        return self.env._(
            "Without an answer from us, your request will be deemed rejected on "
            "%(day)s.",
            day=day,
        )
