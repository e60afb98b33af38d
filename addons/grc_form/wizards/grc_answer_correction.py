from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..rules import correction
from ..rules.schema import items_by_code


class GrcAnswerCorrection(models.TransientModel):
    """The answers of a filed form, each to be typed again as it should be."""

    _name = "grc.answer.correction"
    _inherit = ["grc.request.wizard.mixin"]
    _description = "Correction of a typing error"

    line_ids = fields.One2many(
        "grc.answer.correction.line", "correction_id", string="Answers"
    )
    reason = fields.Char(
        string="Why",
        help="The citizen reads it on the page of her request.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        windows = super().create(vals_list)
        for window in windows:
            window.line_ids = [Command.create(line) for line in window._prepare_lines()]
        return windows

    def _prepare_lines(self):
        """Return a line for each text that an answer is made of.

        :rtype: list[dict]
        """
        request = self.request_id
        version = request.form_version_id
        if not version:
            return []
        items, words = items_by_code(version._asked()), version._form_words()
        lines = []
        for path, answer in request._correctable_answers().items():
            question = items[path.rpartition(".")[2]]
            for cell in correction.cells(question, answer["value"], words):
                names = [*self._row_names(items, path), answer["label"], cell["label"]]
                lines.append(
                    {
                        "path": path,
                        "part": cell["part"],
                        "name": " – ".join(filter(None, names)),
                        "before": cell["text"],
                        "after": cell["text"],
                    }
                )
        return lines

    @api.model
    def _row_names(self, items, path):
        block, _dot, rest = path.partition(".")
        if not rest:
            return []
        rank = int(rest.partition(".")[0]) + 1
        return [f"{items[block].get('item_label') or items[block]['label']} {rank}"]

    def action_correct(self):
        """Check the new answers as the form does, and keep both."""
        self.ensure_one()
        changed = {line.path for line in self.line_ids if line._is_changed()}
        if not changed:
            raise UserError(self.env._("Nothing was changed."))
        typed = {}
        for line in self.line_ids:
            if line.path in changed:
                typed.setdefault(line.path, {})[line.part or ""] = line.after or ""
        self.request_id._correct_answers(typed, self.reason)
        return {"type": "ir.actions.act_window_close"}


class GrcAnswerCorrectionLine(models.TransientModel):
    _name = "grc.answer.correction.line"
    _description = "Answer to correct"
    _order = "id"

    correction_id = fields.Many2one(
        "grc.answer.correction", required=True, index=True, ondelete="cascade"
    )
    path = fields.Char(readonly=True)
    part = fields.Char(readonly=True)
    name = fields.Char(string="Question", readonly=True)
    before = fields.Text(string="Answer now", readonly=True)
    after = fields.Text(string="Right answer")

    def _is_changed(self):
        return (self.before or "").strip() != (self.after or "").strip()
