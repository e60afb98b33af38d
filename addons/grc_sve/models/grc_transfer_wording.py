from odoo import api, models

from odoo.addons.grc_base.days import day_in_full

from ..rules.transfer import transfer_effect


class GrcTransferWordingMixin(models.AbstractModel):
    """What a transfer says: to the citizen, to the administration, on the slip."""

    _name = "grc.transfer.wording.mixin"
    _description = "Wording of a transfer"

    @api.model
    def _prepare_mentions(self, request, administration, reason, comment):
        """Return what the slip and the messages say, as it is on the day.

        :rtype: dict
        """
        service = request.service_id
        today = request._local_day()
        sentences = self._prepare_sentences(request, administration, today)
        return sentences | {
            "number": request.name,
            "subject": request.subject,
            "description": request.description or "",
            "sender": request.requester_name or "",
            "sender_email": request.answer_email or "",
            "sender_phone": request.phone or "",
            "sender_address": ", ".join(
                filter(
                    None,
                    (
                        request.street,
                        request.street2,
                        " ".join(filter(None, (request.zip, request.city))),
                    ),
                )
            ),
            "received_on": self._day(request.received_on),
            "sent_on": self._day(today),
            "service": service.name,
            "service_address": service._postal_address(),
            "service_email": service._sending_address(),
            "service_phone": service.phone or "",
            "administration": administration.name,
            "administration_address": administration._postal_address(),
            "administration_email": administration.email or "",
            "administration_phone": administration.phone or "",
            "reason": reason,
            "comment": comment or "",
            "documents": [
                {"name": doc.name, "sha256": doc.sha256, "size_bytes": doc.size_bytes}
                for doc in self._documents_to_send(request)
            ],
        }

    @api.model
    def _documents_to_send(self, request):
        """Return the documents of the citizen: not what others wrote about it."""
        return request.document_ids.filtered(
            lambda doc: doc.origin == "citizen" and doc.is_visible_to_citizen
        )

    @api.model
    def _day(self, day):
        """Return a day in full: « mardi 15 septembre 2026 »."""
        return day_in_full(self.env, day)

    @api.model
    def _prepare_sentences(self, request, administration, today):
        """Return the sentences of the messages, frozen with the rest.

        :rtype: dict[str, str | list[str]]
        """
        values = {
            "subject": request.subject,
            "received_on": self._day(request.received_on),
            "sent_on": self._day(today),
            "town": request.company_id.name,
            "administration": administration.name,
        }
        return {
            "intro": self.env._(
                "Your request “%(subject)s”, received on %(received_on)s, does not "
                "fall within the competence of %(town)s.",
                **values,
            ),
            "sent": self.env._(
                "On %(sent_on)s we sent it, with your documents, to the administration "
                "that decides: %(administration)s. You do not have to send it again.",
                **values,
            ),
            "forward": self.env._(
                "The request “%(subject)s” was received by %(town)s on "
                "%(received_on)s. It falls within your competence: we send it to you "
                "with its documents (code of relations between the public and the "
                "administration, art. L. 114-2). The citizen has been told.",
                **values,
            ),
            "effects": self._effect_sentences(request),
        }

    @api.model
    def _effect_sentences(self, request):
        """Return what the transfer changes for the periods (CRPA, art. L114-3).

        :rtype: list[str]
        """
        regime = request.silence_regime or "none"
        effect = transfer_effect(regime, request.start_basis or "default")
        received_on = self._day(request.received_on)
        acknowledgement = self.env._(
            "The acknowledgement of reception is sent by the competent administration, "
            "within ten working days after it receives your request."
        )
        rejects_there = self.env._(
            "The period at the end of which silence rejects your request runs from the "
            "day on which the competent administration receives it."
        )
        accepts_there = self.env._(
            "The period at the end of which silence accepts your request runs from the "
            "day on which the competent administration receives it, complete."
        )
        sentences = {
            "first": [self._rejects_from_us(request)],
            "competent": [accepts_there if regime == "sva" else rejects_there],
            "acknowledgement": [
                self.env._(
                    "The period of silence runs from the sending of the "
                    "acknowledgement."
                )
            ],
            "unknown": [
                self.env._(
                    "If silence rejects what you ask for, the period runs from "
                    "%(received_on)s, the day on which we received it.",
                    received_on=received_on,
                ),
                self.env._(
                    "If silence accepts it, the period runs from the day on which the "
                    "competent administration receives it."
                ),
            ],
            "none": [self.env._("Silence makes no decision on this request.")],
        }
        return [acknowledgement, *sentences[effect]]

    @api.model
    def _rejects_from_us(self, request):
        values = {
            "received_on": self._day(request.received_on),
            "implicit_on": self._day(request.implicit_on),
        }
        if not request.implicit_on:
            return self.env._(
                "The period at the end of which silence rejects your request still "
                "runs from %(received_on)s, the day on which we received it.",
                **values,
            )
        return self.env._(
            "The period at the end of which silence rejects your request still runs "
            "from %(received_on)s, the day on which we received it: it ends on "
            "%(implicit_on)s.",
            **values,
        )
