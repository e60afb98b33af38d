from odoo import fields, models

from odoo.addons.grc_form.rules.schema import walk

from ..rules.mentions import required_mentions

_AUDIENCE = ("person", "company", "association")
_CHANNELS = ("portal", "mail", "phone", "desk", "letter")


class GrcPrestation(models.Model):
    """The sheet that shows how a prestation follows the law of electronic filing."""

    _inherit = "grc.prestation"

    def action_conformity(self):
        """Give the sheet of conformity in PDF; the prestation keeps it.

        Core's own printing would show a page: it looks for another engine than ours.
        """
        self.ensure_one()
        self.check_access("write")
        report = self.env["ir.actions.report"]
        attachment = self.env["ir.attachment"].create(
            {
                "name": self.env._("Sheet of conformity - %s", self.code) + ".pdf",
                "raw": report._grc_render_pdf(
                    "grc_sve.action_report_conformity", self.id
                ),
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }

    def _conformity_facts(self):
        """Return what the sheet of conformity says.

        :return: names of the template -> text, list of texts or of dicts
        :rtype: dict
        """
        self.ensure_one()
        version = self._current_form()
        schema = (version.schema or version._compile()) if version else {"pages": []}
        names = version._condition_names(schema) if version else {}
        # What the state alone says is in the heading already.
        findings = self._publication_check()
        return {
            "audience": self._labels("for_", _AUDIENCE),
            "channels": self._labels("is_open_", _CHANNELS),
            "nature": self._selection_label("nature"),
            "state": self._selection_label("state"),
            "regime": self._selection_label("silence_regime"),
            "start": self._selection_label("start_basis"),
            "mentions": self._conformity_mentions(),
            "pieces": self._conformity_pieces(version, schema, names),
            "pages": self._conformity_pages(version, schema, names),
            "findings": findings,
            "error_count": sum(found["level"] == "error" for found in findings),
            "version": version,
            "version_state": version._selection_text("state") if version else "",
            "sha256": version.schema_sha256
            or (version and version._fingerprint(schema)),
            "printed_on": fields.Date.context_today(
                self.with_context(tz=self.company_id.grc_timezone)
            ),
        }

    def _labels(self, prefix, codes):
        labels = self.fields_get([f"{prefix}{code}" for code in codes], ["string"])
        return [
            labels[f"{prefix}{code}"]["string"]
            for code in codes
            if self[f"{prefix}{code}"]
        ]

    def _selection_label(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(
            self[name], ""
        )

    def _conformity_mentions(self):
        """Return the mentions that the acknowledgement of reception will carry.

        :rtype: list[str]
        """
        if self.silence_regime == "unknown":
            return []
        texts = self._mention_texts()
        return [texts[name] for name in required_mentions("are", self.silence_regime)]

    def _mention_texts(self):
        return {
            "received_on": self.env._("the day of reception"),
            "service": self.env._("the service in charge"),
            "address": self.env._("its postal or e-mail address"),
            "phone": self.env._("its telephone number"),
            "implicit_on": self.env._("the day when silence becomes a decision"),
            "attestation": self.env._("the right to a certificate of acceptance"),
            "appeal_period": self.env._("the period of appeal"),
            "appeal_ways": self.env._("the ways of appeal"),
        }

    def _conformity_pieces(self, version, schema, names):
        pieces = []
        for place in walk(schema):
            item = place.item
            if item.get("kind") != "piece":
                continue
            kind = version._document_type(item["document"])
            pieces.append(
                {
                    "name": item.get("label") or kind.name or item["document"],
                    "legal_basis": kind.legal_basis or "",
                    "is_indispensable": kind.is_indispensable,
                    "is_required": item.get("required", True),
                    "nature": kind._selection_text("nature") if kind else "",
                    "limits": kind._limits_text(self.company_id) if kind else "",
                    "condition": version._condition_text(item.get("visible_if"), names),
                }
            )
        return pieces

    def _conformity_pages(self, version, schema, names):
        """Return the data asked, page by page.

        :rtype: list[dict]
        """
        types = dict(
            self.env["grc.form.question"]
            ._fields["type"]
            ._description_selection(self.env)
        )
        pages = {
            page["code"]: {
                "title": page["title"],
                "condition": version._condition_text(page.get("visible_if"), names),
                "questions": [],
            }
            for page in schema["pages"]
        }
        for place in walk(schema):
            item = place.item
            if item.get("kind", "question") != "question":
                continue
            pages[place.page["code"]]["questions"].append(
                {
                    "label": item.get("label") or item["code"],
                    "block": place.block and (place.block.get("label") or ""),
                    "type": types.get(item["type"], item["type"]),
                    "is_required": item.get("required", True),
                    "is_sensitive": item.get("sensitive", False),
                    "condition": version._condition_text(item.get("visible_if"), names),
                }
            )
        return [page for page in pages.values() if page["questions"]]


class GrcDocumentType(models.Model):
    _inherit = "grc.document.type"

    def _selection_text(self, name):
        self.ensure_one()
        return dict(self._fields[name]._description_selection(self.env))[self[name]]


class GrcFormVersion(models.Model):
    _inherit = "grc.form.version"

    def _selection_text(self, name):
        self.ensure_one()
        return dict(self._fields[name]._description_selection(self.env))[self[name]]
