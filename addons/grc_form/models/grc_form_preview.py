from odoo import models


class GrcFormVersion(models.Model):
    """The whole form on one page, beside the list of its lines."""

    _inherit = "grc.form.version"

    def _preview_pages(self):
        """Return every page as the citizen's templates draw it, blocks with one row.

        :return: dicts of ``_page_view``
        :rtype: list[dict]
        """
        self.ensure_one()
        schema = self._asked()
        pages = []
        for page in schema["pages"]:
            rows = {
                item["code"]: [{"_id": "r1"}]
                for item in page["items"]
                if item["kind"] == "block"
            }
            raw = {f"{code}.0._id": "r1" for code in rows}
            pages.append(
                self._page_view(page["code"], answers=rows, raw=raw, schema=schema)
            )
        return pages
