from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.grc_form.models.grc_request_answers import INCOMPLETE
from odoo.addons.grc_form.rules import filling, posting, snapshot
from odoo.addons.grc_form.rules.schema import questions

from ..const import DRAFT_DAYS_ACCOUNT


class GrcRequestDraft(models.Model):
    """A form being filled: its answers, what was typed, the files of each piece."""

    _inherit = "grc.request.draft"

    form_version_id = fields.Many2one(
        "grc.form.version", index="btree_not_null", ondelete="cascade"
    )
    is_trial = fields.Boolean(help="Filled by an administrator: nothing is filed.")
    is_assisted = fields.Boolean(help="Filled by an agent for a citizen.")
    answers = fields.Json()
    typed = fields.Json(help="By page, what was typed and is not an answer yet.")
    piece_files = fields.Json(help="By attachment, the piece that it is.")
    known_codes = fields.Json(help="What was filled first; nothing yet when not set.")
    data_values = fields.Json(
        help="By data service: what it told for this form, for which key, when."
    )
    version_changes = fields.Json(help="What a new version of the form has changed.")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("prestation_id") and not vals.get("form_version_id"):
                prestation = self.env["grc.prestation"].browse(vals["prestation_id"])
                vals["form_version_id"] = prestation.published_version_id.id
        return super().create(vals_list)

    @api.model
    def _gc_domain(self, oldest):
        """Keep longer what a citizen signed in has begun: she finds it in her space."""
        longer = fields.Datetime.subtract(
            fields.Datetime.now(), days=DRAFT_DAYS_ACCOUNT
        )
        is_kept = Domain(
            [
                ("partner_id", "!=", False),
                ("form_version_id", "!=", False),
                ("is_trial", "=", False),
                ("is_assisted", "=", False),
                ("request_id", "=", False),
                ("write_date", ">=", longer),
            ]
        )
        return super()._gc_domain(oldest) & ~is_kept

    # === WHAT IS ASKED === #

    def _schema(self):
        self.ensure_one()
        return self.form_version_id._asked()

    def _rules_context(self):
        return self.env["grc.request"]._form_context(self.company_id)

    def _profile(self):
        kind = (self.values or {}).get("requester_kind")
        return self.env["grc.request"]._form_profile(self._citizen(), kind)

    def _seen(self, schema=None):
        """Return what the form shows for the answers given so far.

        :rtype: grc_form.rules.visibility.Visibility
        """
        return filling.visible(
            schema or self._schema(),
            self._answers(),
            today=self._rules_context().today,
            profile=self._profile(),
        )

    def _answers(self):
        """Return the answers so far.

        :rtype: dict
        """
        self.ensure_one()
        return dict(self.answers or {})

    def _locked_answers(self, schema=None):
        """Return what an administration answered in place of the citizen, by code.

        :return: code of a question -> ``value``, and ``note``, who said it, in words
        :rtype: dict
        """
        self.ensure_one()
        return {}

    def _propose_known(self, url=None):
        """Fill first, once, what is known of the citizen: she reads it before sending.

        :param dict url: values given in the address of the form
        """
        self.ensure_one()
        if self.known_codes is not None and self.known_codes is not False:
            return
        known = self.env["grc.form.prefill"]._propose(
            self.form_version_id, self._citizen(), self.values, url
        )
        self.answers = known | (self.answers or {})
        self.known_codes = list(known)

    def _known_share(self):
        """Return how many questions were filled first, and how many there are."""
        asked = sum(
            question["type"] not in ("computed", "certified")
            for question in questions(self._schema(), rows=False)
        )
        return len(self.known_codes or []), asked

    # === A PAGE === #

    def _page(self, code):
        """Return the page of the schema, None when there is none.

        :param str code: as received
        :rtype: dict | None
        """
        pages = {page["code"]: page for page in self._schema()["pages"]}
        return pages.get(code)

    def _raw(self, page):
        """Return what the inputs of a page hold, as typed when it is no answer yet."""
        kept = (self.typed or {}).get(page["code"])
        return posting.written(page, self._answers()) if kept is None else kept

    def _save_page(self, page, raw, keep_typed=False):
        """Read what was typed in a page and keep it.

        :param dict raw: see ``rules.posting``
        :param bool keep_typed: keep the texts too: rows still blank, half answers
        :return: what could not be read, in words, by path
        :rtype: dict[str, str]
        """
        self.ensure_one()
        answers, unread = filling.read_page(
            self._schema(),
            page["code"],
            raw,
            self._answers(),
            self._rules_context(),
            profile=self._profile(),
        )
        self.answers = _without_files(page, answers)
        typed = dict(self.typed or {})
        typed.pop(page["code"], None)
        if keep_typed or unread:
            typed[page["code"]] = raw
        self.typed = typed
        return {
            path: self.form_version_id._problem_text(problem)
            for path, problem in unread.items()
        }

    def _page_problems(self, page, schema=None):
        """Return what is wrong in a page, in words, by path of its inputs.

        :rtype: dict[str, str]
        """
        problems = filling.problems(
            schema or self._schema(),
            self._answers(),
            self._rules_context(),
            page=page["code"],
            profile=self._profile(),
        )
        return {
            path: self.form_version_id._problem_text(found[0])
            for path, found in problems.items()
            # An agent may file what is incomplete: the rest is asked afterwards.
            if not (self.is_assisted and found[0].code in INCOMPLETE)
        }

    def _unread(self, page):
        """Return what was typed in a page and could not be read, in words, by path."""
        raw = (self.typed or {}).get(page["code"])
        if raw is None:
            return {}
        return self._save_page(page, raw, keep_typed=True)

    def _wrong_page(self):
        """Return the code of the first page that is not right yet, None when all are.

        :rtype: str | None
        """
        schema = self._schema()
        seen = self._seen(schema)
        for page in schema["pages"]:
            if page["code"] in seen.shown and (
                self._unread(page) or self._page_problems(page, schema)
            ):
                return page["code"]
        return None

    def _stop(self, page=None):
        """Return the rule that says the citizen is not concerned, None otherwise.

        An agent files all the same what a citizen insists on asking.
        """
        if self.is_assisted:
            return None
        return filling.stop(
            self._schema(),
            self._answers(),
            today=self._rules_context().today,
            profile=self._profile(),
            page=page,
        )

    def _filled(self):
        """Return the form as it would be filed (see ``rules.snapshot``)."""
        schema = self._schema()
        seen = self._seen(schema)
        return snapshot.snapshot(schema, seen.answers, seen, self._rules_context())

    def _document_names(self):
        """Return the name of each kind of document that the form asks, by code."""
        codes = {piece["document"] for piece in snapshot.pieces(self._filled())}
        kinds = self.form_version_id._document_types(codes) if codes else {}
        return {code: kind.name or code for code, kind in kinds.items()}

    # === SENDING === #

    def _intake_vals(self):
        vals = super()._intake_vals()
        if self.form_version_id:
            vals |= {
                "form_version_id": self.form_version_id.id,
                "form_answers": self._answers(),
            }
        return vals

    def _send(self):
        """File the request; an administrator's trial files nothing."""
        if self.is_trial:
            return self.env["grc.request"]
        return super()._send()

    def _forget(self):
        result = super()._forget()
        self.write({"answers": {}, "typed": {}, "piece_files": {}})
        return result


def _without_files(page, answers):
    """Return the answers without the files of pieces: they are kept by attachment."""
    kept = dict(answers)
    for item in page["items"]:
        if item["kind"] == "piece":
            kept.pop(item["code"], None)
        elif item["kind"] == "block":
            codes = {child["code"] for child in item["items"] if _is_piece(child)}
            rows = kept.get(item["code"])
            if codes and rows:
                kept[item["code"]] = [
                    {code: value for code, value in row.items() if code not in codes}
                    for row in rows
                ]
    return kept


def _is_piece(item):
    return item.get("kind") == "piece"
