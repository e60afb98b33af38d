import re

from odoo import api, fields, models

# The article that ends a sentence, as every problem writes it: « (CRPA, art. R1) ».
_ARTICLE = re.compile(r"\s*\(((?:CRPA|RGPD|GDPR|CJA)[^()]*)\)\s*\.?$")


class GrcPrestation(models.Model):
    """One check before the publication: the sheet, the law and the form."""

    _inherit = "grc.prestation"

    check_html = fields.Html(
        string="Check",
        compute="_compute_check_html",
        groups="grc_base.group_grc_manager",
    )

    @api.depends_context("lang")
    def _compute_check_html(self):
        for prestation in self:
            saved = prestation._origin
            # A new prestation has nothing to be checked yet, not even its service.
            prestation.check_html = bool(saved) and self.env["ir.qweb"]._render(
                "grc_form.findings",
                {"findings": saved._publication_check(), "is_draft": True},
            )

    def _publication_check(self):
        """Return all that is found before a publication, the errors first.

        :return: dicts ``{level, text, article, path}``; level ``error`` (it is not
            published) or ``warning``
        :rtype: list[dict]
        """
        self.ensure_one()
        found = [_finding(text) for text in self._publication_problems()]
        found += self._publication_warnings()
        version = self._current_form()
        if version:
            found += version._findings()
        return sorted(found, key=lambda finding: finding["level"] != "error")

    def _publication_warnings(self):
        """Return what does not forbid the publication but deserves a look.

        :rtype: list[dict]
        """
        self.ensure_one()
        found = []
        if self.needs_presence and not self.presence_note:
            found.append(
                _finding(
                    self.env._(
                        "The citizen must come in person: say where and why in the "
                        "sheet."
                    ),
                    level="warning",
                )
            )
        return found


def _finding(text, level="error"):
    article = _ARTICLE.search(text)
    return {
        "level": level,
        "text": _ARTICLE.sub("", text) if article else text,
        "article": article.group(1) if article else "",
        "path": "",
    }
