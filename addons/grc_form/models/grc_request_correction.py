import dataclasses

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.grc_base.const import OPEN_STATES
from odoo.addons.grc_base.days import day_in_full
from odoo.addons.grc_base.rules import identifiers
from odoo.addons.grc_base.rules.chain import text_hash

from ..rules import correction, filling, portable, snapshot
from ..rules.properties import project
from ..rules.schema import items_by_code
from ..rules.types import TYPES, InvalidAnswer

_SENSITIVE_GROUP = "grc_form.group_grc_sensitive"


class GrcRequest(models.Model):
    """A typing error in an answer, mended by an agent; the form as filed stays."""

    _inherit = "grc.request"

    corrections = fields.Json(
        readonly=True,
        copy=False,
        prefetch=False,
        help="What was corrected in the filled form, the oldest first: path, at, by, "
        "reason, before, after.",
    )
    corrections_sensitive = fields.Json(
        readonly=True, copy=False, prefetch=False, groups=_SENSITIVE_GROUP
    )

    def _filled_form(self, whole=False, original=False):
        """Return the form as it was filled, or as it was corrected since.

        :param bool original: without the corrections
        """
        filled = super()._filled_form(whole)
        if original or not self.snapshot:
            return filled
        return correction.applied(filled, self._corrections(whole))

    def _corrections(self, whole):
        """Return the corrections that may be read, the oldest first, told in words."""
        # sudo: the caller says that the reader may read the sensitive ones
        secret = (self.sudo().corrections_sensitive or []) if whole else []
        found = [*(self.corrections or []), *secret]
        return [
            one | {"told": self._correction_text(one)}
            for one in sorted(found, key=lambda one: one["at"])
        ]

    def _correction_text(self, one):
        day = self._local_day(fields.Datetime.to_datetime(one["at"][:19]))
        return self.env._(
            "corrected on %(day)s by %(agent)s, before: %(before)s. Why: %(reason)s",
            day=day_in_full(self.env, day, weekday=False),
            agent=one["by"],
            before=one["before"]["text"] or self.env._("no answer"),
            reason=one["reason"],
        )

    def _is_filled_form_intact(self):
        """Tell also whether the corrections are those that the history tells."""
        # sudo: only their fingerprint is compared
        own = self.sudo()
        events = own.event_ids.filtered(lambda one: one.kind == "answer_corrected")
        last = events.sorted("sequence")[-1:]
        if not last:
            kept = own.corrections or own.corrections_sensitive
            return not kept and super()._is_filled_form_intact()
        proof = last.payload.get("corrections_sha256")
        is_own = proof == own._corrections_sha256()
        return is_own and super()._is_filled_form_intact()

    def _corrections_sha256(self):
        return portable.fingerprint(
            [self.corrections or [], self.corrections_sensitive or []]
        )

    # === CORRECTING === #

    def _correctable_answers(self):
        """Return the answers that the current agent may correct.

        :return: path -> its line of the filled form
        :rtype: dict[str, dict]
        """
        self.ensure_one()
        may_read_all = self.env.user.has_group(_SENSITIVE_GROUP)
        return dict(correction.correctable(self._filled_form(whole=may_read_all)))

    def _correct_answers(self, typed, reason):
        """Mend typing errors in the filled form, which stays as it was filed.

        :param dict typed: path -> texts by part (see ``rules.correction.cells``)
        :param str reason: why, which the citizen may read
        :raise AccessError: for an answer that the agent may not read
        :raise UserError: for a request already answered, without a reason, or when
            other questions would have been asked
        :raise ValidationError: saying what is wrong in the new answers
        """
        self.ensure_one()
        self._check_writer()
        reason = identifiers.mask_nir((reason or "").strip())
        if not reason:
            raise UserError(self.env._("Say why you correct this answer."))
        if self.state not in OPEN_STATES:
            raise UserError(
                self.env._("This request was answered: its form is corrected no more.")
            )
        if set(typed) - set(self._correctable_answers()):
            raise AccessError(self.env._("This answer is not yours to correct."))
        # sudo: the rules look at all the answers; what the agent may not read is
        # neither shown to her nor changed by her
        self.sudo()._apply_correction(typed, reason, self.env.user)

    def _apply_correction(self, typed, reason, agent):
        before = self._filled_form(whole=True)
        answers = correction.answers_of(before)
        context = self._correction_context()
        corrected = self._with_corrected(answers, typed, context)
        self._check_corrected(answers, corrected, context)
        vals, after = self._corrected_vals(corrected, context)
        found = correction.differences(before, after)
        if found is None:
            raise UserError(
                self.env._(
                    "This answer decides which questions are asked: correct it with "
                    "the citizen, in a new request."
                )
            )
        if not found:
            raise UserError(self.env._("Nothing was changed."))
        self._keep_corrections(vals, found, reason, agent)

    def _correction_context(self):
        """Return the day of the filing: limits count from it."""
        context = self._form_context(self.company_id)
        return dataclasses.replace(context, today=self._local_day(self.received_at))

    def _correction_profile(self):
        return self._form_profile(self.partner_id, self.requester_kind)

    def _with_corrected(self, answers, typed, context):
        version = self.form_version_id
        items, words = items_by_code(version._asked()), version._form_words()
        corrected = answers
        for path, texts in typed.items():
            question = items[path.rpartition(".")[2]]
            raw = correction.raw_of(question, texts, words)
            try:
                value = TYPES[question["type"]].read(question, raw, context)
            except InvalidAnswer as error:
                raise ValidationError(
                    self.env._(
                        "%(label)s: %(message)s",
                        label=question["label"],
                        message=version._problem_text(error.problem),
                    )
                ) from error
            corrected = correction.with_answer(corrected, path, value)
        return corrected

    def _check_corrected(self, answers, corrected, context):
        """Refuse what the form refuses now and did not refuse before."""
        schema = self.form_version_id._asked()
        profile = self._correction_profile()
        before, after = (
            filling.problems(schema, one, context, profile=profile)
            for one in (answers, corrected)
        )
        new = {path: found[0] for path, found in after.items() if path not in before}
        if new:
            items = items_by_code(schema)
            texts = []
            for path, problem in new.items():
                label = (items.get(path.rpartition(".")[2]) or {}).get("label")
                text = self.form_version_id._problem_text(problem)
                texts.append(f"{label} – {text}" if label else text)
            raise ValidationError("\n".join(texts))

    def _corrected_vals(self, corrected, context):
        """Return what is searched, and the form as it would have been filed."""
        schema, profile = self.form_version_id._asked(), self._correction_profile()
        kept = filling.prune(schema, corrected, today=context.today, profile=profile)
        seen = filling.visible(schema, kept, today=context.today, profile=profile)
        searched, searched_sensitive = project(schema, kept, context)
        vals = {"answers": searched, "answers_sensitive": searched_sensitive}
        return vals, snapshot.snapshot(schema, kept, seen, context)

    def _keep_corrections(self, vals, found, reason, agent):
        told = {
            "at": fields.Datetime.to_string(fields.Datetime.now()),
            "by": agent.name,
            "by_id": agent.id,
            "reason": reason,
        }
        kept = {False: list(self.corrections or [])}
        kept[True] = list(self.corrections_sensitive or [])
        for one in found:
            is_sensitive = one.pop("sensitive")
            kept[is_sensitive].append(told | one)
        self._write_facts(
            vals
            | {"corrections": kept[False], "corrections_sensitive": kept[True] or False}
        )
        paths = {one["path"] for one in found}
        lines = dict(snapshot.lines_by_path(self._filled_form(original=True)))
        self._log_event(
            "answer_corrected",
            questions=[lines[path]["label"] for path in lines if path in paths],
            reason_sha256=text_hash(reason),
            corrections_sha256=self._corrections_sha256(),
        )

    def action_correct_answers(self):
        """Open the window that corrects typing errors in the filled form."""
        self.ensure_one()
        self._check_writer()
        window = self.env["grc.answer.correction"].create({"request_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct a typing error"),
            "res_model": window._name,
            "res_id": window.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    @api.model
    def _citizen_event_kinds(self):
        return (*super()._citizen_event_kinds(), "answer_corrected")
