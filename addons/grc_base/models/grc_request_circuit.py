from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ..rules.chain import text_hash


class GrcRequestCircuitMixin(models.AbstractModel):
    """The gate: how a request moves, and how it ends."""

    _name = "grc.request.circuit.mixin"
    _description = "Movement of a request in its circuit"

    def _open_transitions(self):
        """Return the transitions that leave the current step.

        :rtype: grc.circuit.transition
        """
        self.ensure_one()
        return self.circuit_id.transition_ids.filtered(
            lambda transition: transition.from_step_id == self.stage_id
        )

    def _apply_transition(self, transition, comment=None):
        """Move the request through ``transition``: the only way to move it.

        The row is locked first, so that of two agents who decide at once the
        second is told.

        :param grc.circuit.transition transition: one that leaves the current step
        :param str comment: why, when the transition wants a reason
        :raise UserError: when the transition does not apply, or something is missing
        """
        self.ensure_one()
        self.check_access("write")
        self.lock_for_update()
        self.invalidate_recordset(["stage_id", "state", "outcome"])
        if transition.from_step_id != self.stage_id:
            raise UserError(
                self.env._(
                    "The request is now at the step “%(step)s”: read it again "
                    "before going on.",
                    step=self.stage_id.name,
                )
            )
        if transition.needs_comment and not (comment or "").strip():
            raise UserError(self.env._("Say why: this step wants a reason."))
        if (transition.is_decision or transition.is_closing) and not self.outcome:
            raise UserError(
                self.env._("Say the outcome first, with the button “Decide”.")
            )
        if transition.is_closing and not self._has_answer():
            raise UserError(
                self.env._(
                    "Write to the citizen first: no request is closed without an "
                    "answer."
                )
            )
        self._enter_step(transition.to_step_id, comment)

    def _move_to_step(self, step):
        """Move to ``step`` through the transition that leads there.

        :raise UserError: when no transition of the circuit leads there
        """
        self.ensure_one()
        if step == self.stage_id:
            return
        transition = self._open_transitions().filtered(
            lambda candidate: candidate.to_step_id == step
        )[:1]
        if not transition:
            raise UserError(
                self.env._(
                    "A request does not go from “%(origin)s” to “%(target)s”.",
                    origin=self.stage_id.name,
                    target=step.name,
                )
            )
        self._apply_transition(transition)

    def _enter_step(self, step, comment=None):
        origin = self.stage_id
        vals = {"stage_id": step.id, "state": step.state}
        if step.state == "closed":
            vals["closed_at"] = fields.Datetime.now()
        elif origin.state == "closed":
            # Reopened: the outcome given so far stays in the history.
            vals |= {"closed_at": False}
        if step.state not in ("decided", "closed") and self.outcome:
            vals |= {
                "outcome": False,
                "outcome_reason": False,
                "decided_at": False,
                "decided_by_id": False,
            }
        self._write_facts(vals)
        kind = {"closed": "closed"}.get(step.state, "step")
        if origin.state == "closed":
            kind = "reopened"
        self._log_event(
            kind, origin=origin.name, target=step.name, comment=comment or None
        )

    def _has_answer(self):
        """Tell whether the citizen was answered, in writing or orally."""
        self.ensure_one()
        written = self.delivery_ids.filtered(
            lambda delivery: (
                delivery.kind in ("message", "decision") and delivery.state != "failed"
            )
        )
        return bool(written) or "oral_answer" in self.event_ids.mapped("kind")

    def _decide(self, outcome, reason, message):
        """Record the reasoned outcome of the request and tell the citizen.

        :param str outcome: a code of ``const.OUTCOMES``
        :param str reason: why, in words that the citizen reads
        :param str message: what is written to the citizen, plain text
        :raise UserError: when a part is missing or the request is not open
        """
        self.ensure_one()
        self._check_writer()
        if not outcome or not (reason or "").strip():
            raise UserError(self.env._("A decision has an outcome and its reasons."))
        if not (message or "").strip():
            raise UserError(
                self.env._("A decision is told to the citizen: write the message.")
            )
        self._record_outcome(outcome, reason)
        localized = self.with_context(lang=self.language)
        self._message_citizen(
            localized.env._("Answer to your request %(number)s", number=self.name),
            localized._prepare_decision_body(message),
            kind="decision",
            letter=localized._decision_document(message),
        )

    def _prepare_decision_body(self, message):
        """Return what is written to the citizen: the message, then the decision.

        :param str message: plain text of the agent
        :rtype: Markup
        """
        self.ensure_one()
        return self.env["ir.qweb"]._render(
            "grc_base.decision_content",
            {
                "message": plaintext2html(message),
                "outcome": dict(
                    self._fields["outcome"]._description_selection(self.env)
                )[self.outcome],
                "reason": plaintext2html(self.outcome_reason or ""),
                "appeal_ways": self._appeal_ways_to_print(),
            },
        )

    def _appeal_ways_to_print(self):
        """Hook: how the citizen may contest this decision, empty when nothing is."""
        return ""

    def _answer_orally(self, answer):
        """Record that the citizen was answered on the spot, and close.

        :param str answer: what was said
        """
        self.ensure_one()
        self._check_writer()
        self._log_event("oral_answer", answer_sha256=text_hash(answer))
        self._record_outcome("answered", answer)
        self.action_close()

    def _record_outcome(self, outcome, reason):
        transition = self._open_transitions().filtered("is_decision")[:1]
        if not transition:
            raise UserError(
                self.env._(
                    "This request is at the step “%(step)s”: it cannot be decided "
                    "from here.",
                    step=self.stage_id.name,
                )
            )
        self.lock_for_update()
        self._write_facts(
            {
                "outcome": outcome,
                "outcome_reason": reason,
                "decided_at": fields.Datetime.now(),
                "decided_by_id": self.env.user.id,
            }
        )
        if not self.agent_id:
            self.agent_id = self.env.user
        self._apply_transition(transition)
        self._log_event("decided", outcome=outcome, reason_sha256=text_hash(reason))

    def _message_citizen(self, subject, body, files=(), kind="message", letter=None):
        """Write to the citizen: the message is queued and leaves after commit.

        :param str subject: subject of the message
        :param body: plain text (``str``) or HTML (``Markup``)
        :param files: ``(file name, bytes)`` of each file joined
        :param str kind: ``message`` or ``decision``
        :param grc.request.document letter: the message as a letter, joined to it
        :rtype: grc.delivery
        """
        self.ensure_one()
        self._check_writer()
        if not (subject or "").strip() or not (body or "").strip():
            raise UserError(self.env._("A message has a subject and a text."))
        documents = self.env["grc.request.document"]._store(
            self, files, origin="agent", kind="other"
        )
        self._write_facts({"has_citizen_news": False})
        if kind == "message":
            self._log_event("agent_message", subject=subject)
        return self.env["grc.delivery"]._queue(
            self,
            kind,
            subject,
            body,
            documents=documents | letter if letter else documents,
            extra=letter and self._letter_extra(letter),
        )

    def _qualify(self, nature, service, prestation=None, reason=None):
        """Say what the request is and who handles it, on the facts of the sender.

        The day of reception does not change: a mail sent to the wrong service of
        the same authority was received by it (CRPA art. L100-3).

        :param str nature: a code of ``const.NATURES``
        :param grc.service service: the service in charge from now on
        :param grc.prestation prestation: the prestation asked, if any
        :param str reason: why, for the history
        """
        self.ensure_one()
        self._check_writer()
        if service.company_id != self.company_id or (
            prestation and prestation.company_id != self.company_id
        ):
            raise UserError(
                self.env._("This service belongs to another local authority.")
            )
        # sudo: once moved, the request may be out of the sight of this agent
        request_sudo = self.sudo()
        vals = {
            "nature": nature,
            "service_id": service.id,
            "prestation_id": prestation.id if prestation else False,
        }
        if self.agent_id not in service.member_ids:
            vals["agent_id"] = False
        request_sudo._write_facts(vals)
        request_sudo._log_event(
            "qualified",
            nature=nature,
            service=service.name,
            prestation=prestation.code if prestation else None,
            reason=reason or None,
        )
        request_sudo._after_qualification()

    def _after_qualification(self):
        """Hook: what follows once the nature and the service are known."""
