import re

from odoo import api, fields, models

# Sources of a first answer that need a name: of a question, of the address.
_NAMED_SOURCES = ("last", "url")
# An answer of the second list, with the code that follows it.
_WITH_CODE = re.compile(r"(.*\S)\s*\[([A-Za-z0-9][A-Za-z0-9_.\-]{0,59})\]", re.ASCII)


class GrcFormField(models.Model):
    """What the window of a line shows in words instead of codes."""

    _inherit = "grc.form.field"

    prefill_source = fields.Selection(
        selection="_selection_prefill_source",
        string="Filled first with",
        compute="_compute_prefill_source",
        inverse="_inverse_prefill_source",
        help="Proposed to the citizen, who may change it.",
    )
    prefill_name = fields.Char(
        string="Code of the question, or name in the address",
        compute="_compute_prefill_source",
        inverse="_inverse_prefill_source",
    )
    replaced_by_source = fields.Selection(
        selection="_selection_replaced_by",
        string="Replaced by the data of",
        compute="_compute_replaced_by_source",
        inverse="_inverse_replaced_by_source",
        help="The citizen who gives these data does not join the document. She may "
        "still join it.",
    )
    parent_is_table = fields.Boolean(compute="_compute_parent_is_table")
    document_warning = fields.Char(compute="_compute_document_warning")
    shared_text = fields.Char(compute="_compute_shared_text")

    @api.model
    def _selection_prefill_source(self):
        sources = self.env["grc.form.prefill"]._prefill_sources()
        return [(code.rstrip("."), label) for code, label in sources]

    @api.model
    def _selection_replaced_by(self):
        sources = self.env["grc.data.source"]._for(self.env.company)
        return [
            (source.connector, source.name)
            for source in sources
            if getattr(source._connector(), "essential", ())
        ]

    @api.depends("replaced_by")
    def _compute_replaced_by_source(self):
        known = {code for code, _label in self._selection_replaced_by()}
        for line in self:
            code = line.replaced_by
            line.replaced_by_source = code if code in known else False

    def _inverse_replaced_by_source(self):
        for line in self:
            line.replaced_by = line.replaced_by_source

    @api.depends("prefill")
    def _compute_prefill_source(self):
        known = {code for code, _label in self._selection_prefill_source()}
        for line in self:
            family, _dot, name = (line.prefill or "").partition(".")
            is_named = family in _NAMED_SOURCES
            source = family if is_named else line.prefill
            line.prefill_source = source if source in known else False
            line.prefill_name = name if is_named else False

    def _inverse_prefill_source(self):
        for line in self:
            source, name = line.prefill_source, line.prefill_name
            if source in _NAMED_SOURCES:
                source = f"{source}.{(name or line.code).strip()}"
            line.prefill = source

    @api.depends("parent_id.type")
    def _compute_parent_is_table(self):
        for line in self:
            line.parent_is_table = line.parent_id.type == "table"

    @api.depends(
        "document_type_id.nature",
        "document_type_id.legal_basis",
        "document_type_id.is_indispensable",
        "version_id.prestation_id.domicile_case",
    )
    def _compute_document_warning(self):
        for line in self:
            line.document_warning = line._document_warning()

    def _document_warning(self):
        document, prestation = self.document_type_id, self.version_id.prestation_id
        if not document:
            return ""
        if (
            document.nature == "proof_of_domicile"
            and prestation.for_person
            and not prestation.domicile_case
        ):
            return self.env._(
                "A proof of domicile may not be required of a person here: her word "
                "is enough, except in the cases that the law lists (CRPA, art. "
                "R113-8). If this prestation is one of them, say which in its "
                "“Personal data” tab."
            )
        if not document.legal_basis:
            return self.env._(
                "No text that requires this document is given: open it and write the "
                "text, or do not ask for it."
            )
        if not document.is_indispensable:
            return self.env._(
                "This document is not indispensable: its absence does not stop the "
                "instruction (CRPA, art. L114-5-1)."
            )
        return ""

    @api.depends("question_id.prestation_count")
    def _compute_shared_text(self):
        for line in self:
            count = line.question_id.prestation_count
            line.shared_text = (
                self.env._(
                    "%(count)s prestations ask this: what the citizen wrote in one "
                    "can be proposed in the others.",
                    count=count,
                )
                if count > 1
                else ""
            )

    def action_insert_below(self):
        """Open the window of a new question, which comes under this line."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New question"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_version_id": self.version_id.id,
                "default_kind": "question",
                "default_type": "text",
                "grc_after_line_id": self.id,
            },
        }


class GrcFormOption(models.Model):
    _inherit = "grc.form.option"

    second_lines = fields.Text(
        string="Second list, one per line",
        compute="_compute_second_lines",
        inverse="_inverse_second_lines",
        help="One answer per line, its code in brackets: keep it when you change the "
        "words. An answer without code gets one from its words.",
    )

    @api.depends("child_ids.label", "child_ids.value", "child_ids.sequence")
    def _compute_second_lines(self):
        for option in self:
            option.second_lines = "\n".join(
                f"{child.label} [{child.value}]"
                for child in option.child_ids.sorted("sequence")
            )

    def _inverse_second_lines(self):
        for option in self:
            texts = map(str.strip, (option.second_lines or "").splitlines())
            known = {child.label: child for child in option.child_ids}
            known |= {(child.value,): child for child in option.child_ids}
            kept = option.child_ids.browse()
            for rank, text in enumerate(dict.fromkeys(filter(None, texts))):
                label, code = _label_and_code(text)
                vals = {"sequence": 10 * (rank + 1), "label": label}
                child = known.get((code,)) or (not code and known.get(label))
                if child and child not in kept:
                    child.write(vals)
                else:
                    is_free = code and code not in kept.mapped("value")
                    vals |= {"parent_id": option.id, "value": is_free and code}
                    child = self.create(vals)
                kept |= child
            (option.child_ids - kept).unlink()


class GrcFormRule(models.Model):
    _inherit = "grc.form.rule"

    at_field_ids = fields.Many2many(
        "grc.form.field",
        string="Message beside",
        compute="_compute_at_field_ids",
        inverse="_inverse_at_field_ids",
        help="The questions beside which the citizen reads what to mend.",
    )

    @api.depends("at_codes", "version_id.all_field_ids.code")
    def _compute_at_field_ids(self):
        for rule in self:
            codes = (rule.at_codes or "").split()
            rule.at_field_ids = rule.version_id.all_field_ids.filtered(
                lambda line, codes=codes: line.code in codes
            )

    def _inverse_at_field_ids(self):
        for rule in self:
            rule.at_codes = " ".join(rule.at_field_ids.mapped("code"))


def _label_and_code(text):
    """Return ``("Room 1", "room_1")`` of « Room 1 [room_1] »; the code may lack."""
    found = _WITH_CODE.fullmatch(text)
    return found.groups() if found else (text, "")
