import json

from markupsafe import Markup

from odoo import api, models, tools

from ..rules import filling, posting
from ..rules.reading import MOST_ROWS
from ..rules.visibility import for_browser
from .grc_form_drawing import PageDrawing


class GrcFormVersion(models.Model):
    """One page of a form, ready to be drawn: the citizen's pages and the preview."""

    _inherit = "grc.form.version"

    def _asked(self):
        """Return the schema: frozen, or what a draft says now.

        A frozen one is shared by all who read it: nobody may change it.

        :rtype: dict
        """
        self.ensure_one()
        if self.schema_sha256:
            return self._frozen(self.schema_sha256)
        return self.schema or self._compile()

    @tools.ormcache("self.id", "fingerprint")
    def _frozen(self, fingerprint):
        # The field gives a deep copy of the schema each time it is read.
        return self.schema

    def _page_view(self, code, answers=None, raw=None, errors=None, **options):
        """Return what the templates ``grc_form.form_*`` draw of one page.

        :param str code: of the page
        :param dict answers: canonical answers so far, pieces included
        :param dict raw: texts of this page as typed (see ``rules.posting``); those of
            ``answers`` when not given
        :param dict errors: messages by path
        :param options: ``schema``, ``partner`` and ``kind`` (for conditions),
            ``files`` (path of a piece -> dicts id, name, size), ``known`` (codes
            filled first), ``lookups`` (code of a question that data services look for
            -> what they last gave), ``locked`` (path -> see ``locked_node``), ``token``
        :return: ``code``, ``title``, ``nodes``, ``error_list`` (identifier, message),
            ``shown`` (paths) and ``data`` (JSON for the browser)
        :rtype: dict
        """
        self.ensure_one()
        schema = options.get("schema") or self._asked()
        page = next(page for page in schema["pages"] if page["code"] == code)
        answers = answers or {}
        raw = posting.written(page, answers) if raw is None else raw
        requests = self.env["grc.request"]
        context = requests._form_context(self.prestation_id.company_id)
        profile = requests._form_profile(options.get("partner"), options.get("kind"))
        given = self._with_blank_rows(page, answers, raw)
        seen = filling.visible(schema, given, today=context.today, profile=profile)
        drawing_of = PageDrawing(self, raw, errors or {}, seen, options)
        nodes = drawing_of.nodes(page)
        data = {
            "page": code,
            "answers": answers,
            "today": context.today.isoformat(),
            "profile": profile,
        }
        return {
            "code": code,
            "title": page["title"],
            "nodes": nodes,
            "error_list": drawing_of.summary.whole(),
            "shown": " ".join(
                sorted(path for path in seen.shown if path in drawing_of.paths)
            ),
            "data": _safe_json({"schema": self._browser_schema(schema)} | data),
        }

    def _blank_nodes(self):
        """Return the questions drawn blank so far, to be filled and not changed.

        :return: ``(code, whether it is shown)`` -> node; empty for a draft
        :rtype: dict
        """
        if not self.schema_sha256:
            return {}
        return self._kept_blank_nodes(self.schema_sha256, self.env.lang)

    @tools.ormcache("self.id", "fingerprint", "lang")
    def _kept_blank_nodes(self, fingerprint, lang):
        return {}

    def _browser_schema(self, schema):
        if not self.schema_sha256:
            return for_browser(schema)
        return self._frozen_for_browser(self.schema_sha256)

    @tools.ormcache("self.id", "fingerprint")
    def _frozen_for_browser(self, fingerprint):
        return for_browser(self._frozen(fingerprint))

    def _with_blank_rows(self, page, answers, raw):
        """Return the answers with the blank rows that are on the page."""
        given = dict(answers)
        for item in page["items"]:
            if item["kind"] == "block":
                rows = {row.get("_id"): row for row in answers.get(item["code"]) or []}
                ids = self._row_ids(item, raw)
                given[item["code"]] = [rows.get(one) or {"_id": one} for one in ids]
        return given

    @api.model
    def _row_ids(self, block, raw):
        """Return the identifiers of the rows to draw: those typed, and the minimum."""
        ids = posting.row_ids(raw, block["code"])[:MOST_ROWS]
        while len(ids) < (block.get("min") or 0):
            ids.append(posting.free_id(ids))
        return ids

    def _piece_kinds(self, schema, page):
        """Return the kinds of documents that a page asks, by code: one query."""
        codes = {
            item["document"]
            for line in page["items"]
            for item in (line, *(line.get("items") or ()))
            if item.get("kind") == "piece"
        }
        return self._document_types(codes) if codes else {}


def _safe_json(data):
    """Return JSON that may stand in a page: no « < » in it."""
    text = json.dumps(data, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c"))
