import copy
import hashlib
import json

from odoo import fields, models
from odoo.exceptions import UserError

from ..const import SEARCHED_OPTION_TYPES
from ..rules.changes import changes
from ..rules.linter import Facts, lint
from ..rules.schema import check_schema, questions, walk


class GrcFormVersion(models.Model):
    """From draft to published: checked, frozen, then the dictionary learns."""

    _inherit = "grc.form.version"

    findings_html = fields.Html(
        string="What the check finds", compute="_compute_findings_html"
    )
    changes_html = fields.Html(string="What changes", compute="_compute_changes_html")

    def _compute_findings_html(self):
        for version in self:
            findings = version._findings() if version.state == "draft" else []
            version.findings_html = self.env["ir.qweb"]._render(
                "grc_form.findings",
                {"findings": findings, "is_draft": version.state == "draft"},
            )

    def _compute_changes_html(self):
        for version in self:
            version.changes_html = self.env["ir.qweb"]._render(
                "grc_form.changes",
                {
                    "changes": version._changes_in_words(),
                    "published": version.prestation_id.published_version_id,
                },
            )

    # === CHECK === #

    def _findings(self):
        """Return what the check says of the form, the errors first.

        :return: dicts ``{level, text, article, path}``; level ``error`` or ``warning``
        :rtype: list[dict]
        """
        self.ensure_one()
        schema = self.schema or self._compile()
        findings = [
            {
                "level": "error",
                "text": self._placed_fault(
                    schema, fault.path, self._fault_text(fault.code, fault.params)
                ),
                "article": "",
                "path": fault.path,
            }
            for fault in check_schema(schema)
        ]
        if not findings:
            names = self._piece_names(schema)
            findings = [
                {
                    "level": found.level,
                    "text": self._fault_text(
                        found.code,
                        found.params
                        | {
                            key: names[value]
                            for key, value in found.params.items()
                            if value in names
                        },
                    ),
                    "article": found.article,
                    "path": found.path,
                }
                for found in lint(schema, self._lint_facts())
            ]
        return sorted(findings, key=lambda found: found["level"] != "error")

    def _piece_names(self, schema):
        """Return what the pieces without a label of their own are called, by code.

        :rtype: dict[str, str]
        """
        pieces = {
            place.item["code"]: place.item["document"]
            for place in walk(schema)
            if place.item.get("kind") == "piece" and not place.item.get("label")
        }
        kinds = self._document_types(set(pieces.values()))
        return {
            code: kinds[document].name
            for code, document in pieces.items()
            if kinds[document]
        }

    def _lint_facts(self):
        """Return what the check needs to know beside the form itself.

        :rtype: rules.linter.Facts
        """
        self.ensure_one()
        prestation = self.prestation_id
        kinds = self.env["grc.document.type"].search(
            [("company_id", "=", prestation.company_id.id)]
        )
        return Facts(
            documents={
                kind.code: {
                    "nature": kind.nature,
                    "legal_basis": kind.legal_basis or "",
                    "indispensable": kind.is_indispensable,
                }
                for kind in kinds
            },
            audience=tuple(
                name
                for name in ("person", "company", "association")
                if prestation[f"for_{name}"]
            ),
            domicile_case=prestation.domicile_case or None,
            retention=prestation.retention_text or "",
            privacy={
                "purpose": prestation.privacy_purpose or "",
                "legal_basis": prestation.privacy_legal_basis or "",
                "recipients": prestation.privacy_recipients or "",
            },
            services=self._lint_services(),
        )

    def _lint_services(self):
        """Return what is known of the data services, as ``Facts`` wants it.

        :rtype: dict[str, dict]
        """
        sources = self.env["grc.data.source"]
        used = sources._for(self.prestation_id.company_id).mapped("connector")
        return {
            code: {
                "used": code in used,
                "data": {datum.code: datum.type for datum in connector.data},
            }
            for code, connector in sources._connectors_by_code().items()
        }

    def _changes(self):
        """Return what the draft changes of the published version.

        :return: dicts ``{kind, code, label, what}`` (see ``rules.changes``)
        :rtype: list[dict]
        """
        self.ensure_one()
        published = self.prestation_id.published_version_id
        if not published or published == self:
            return []
        return changes(
            self._named(published.schema),
            self._named(self.schema or self._compile()),
        )

    def _named(self, schema):
        """Return a copy of a schema where each document has a name to be read.

        :rtype: dict
        """
        named = copy.deepcopy(schema)
        names = self._piece_names(schema)
        for place in walk(named):
            if place.item["code"] in names:
                place.item["label"] = names[place.item["code"]]
        return named

    def _changes_in_words(self):
        words = self._attribute_words()
        return [
            change
            | {"what": list(dict.fromkeys(words.get(n, n) for n in change["what"]))}
            for change in self._changes()
        ]

    # === PUBLICATION === #

    def action_publish(self):
        """Freeze the draft and put it in use; files already filed keep their version.

        :raise UserError: listing what the check refuses
        """
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        errors = [found for found in self._findings() if found["level"] == "error"]
        if errors:
            raise UserError(
                self.env._(
                    "This form cannot be published yet:\n%(problems)s",
                    problems="\n".join(
                        "• "
                        + found["text"]
                        + (f" ({found['article']})" if found["article"] else "")
                        for found in errors
                    ),
                )
            )
        schema = self._compile()
        self.prestation_id.published_version_id.state = "archived"
        # The unique index on the published version must see the old one leave.
        self.flush_model(["state"])
        self.write(
            {
                "state": "published",
                "schema": schema,
                "schema_sha256": self._fingerprint(schema),
                "published_at": fields.Datetime.now(),
                "published_by_id": self.env.uid,
            }
        )
        self.prestation_id.published_version_id = self
        self._teach_dictionary()
        self.prestation_id._compile_definitions(schema)
        codes = [question["code"] for question in questions(schema)]
        self.env["grc.form.question"].search(
            [("is_indexed", "=", True), ("code", "in", codes)]
        )._index_answers(schema)

    def _teach_dictionary(self):
        """Tell the dictionary the options of this version.

        Prestations that ask the same datum get the new options too: a grouping of
        all requests reads the definition of any one of them.
        """
        options = {
            question["code"]: [
                (option["value"], option["label"]) for option in question["options"]
            ]
            for question in questions(self.schema)
            if question["type"] in SEARCHED_OPTION_TYPES
        }
        known = self.env["grc.form.question"].search([("code", "in", list(options))])
        grown = known.filtered(
            lambda question: question._learn_options(options[question.code])
        )
        others = grown.field_ids.prestation_id - self.prestation_id
        for prestation in others.filtered("published_version_id"):
            # sudo: another local authority may share the dictionary
            prestation.sudo()._compile_definitions(
                prestation.published_version_id.schema
            )

    def _fingerprint(self, schema):
        text = json.dumps(
            schema, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()
