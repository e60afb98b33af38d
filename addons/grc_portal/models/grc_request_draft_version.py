from odoo import models

from odoo.addons.grc_form.rules import changes
from odoo.addons.grc_form.rules.schema import items_by_code
from odoo.addons.grc_form.rules.types import TYPES


class GrcRequestDraft(models.Model):
    """A form published again while somebody was filling the one before."""

    _inherit = "grc.request.draft"

    def _follow_version(self):
        """Move to the form in use when the one begun was replaced.

        The answers that still fit are kept; what changed is told on the next page.

        :return: whether it moved
        :rtype: bool
        """
        self.ensure_one()
        old, new = self.form_version_id, self.prestation_id.published_version_id
        if self.is_trial or self.request_id or not old or not new or old == new:
            return False
        schema = new._asked()
        after, before = items_by_code(schema), items_by_code(old._asked())
        context = self._rules_context()
        kept = {
            code: value
            for code, value in (self.answers or {}).items()
            if _still_fits(before.get(code), after.get(code), value, context)
        }
        self.write(
            {
                "form_version_id": new.id,
                "answers": kept,
                "typed": {},
                "version_changes": changes.changes(old._asked(), schema),
            }
        )
        self._drop_files_without_place(after)
        return True

    def _drop_files_without_place(self, items):
        for attachment_id, file in self._owners().items():
            code = file["path"].rpartition(".")[2]
            if items.get(code, {}).get("kind") != "piece":
                self._drop_piece_file(attachment_id)


def _still_fits(before, after, value, context):
    """Tell whether an answer to an old question answers the new one."""
    if not before or not after or before.get("kind") != after.get("kind"):
        return False
    if after.get("kind") == "block":
        return True
    if after.get("kind") != "question" or before["type"] != after["type"]:
        return False
    return not TYPES[after["type"]].problems(after, value, context)
