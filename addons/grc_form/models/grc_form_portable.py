from odoo import models

from ..rules.portable_keys import FORMATS


class GrcDocumentType(models.Model):
    """A kind of document in the file of a prestation, and back."""

    _inherit = "grc.document.type"

    def _export_data(self):
        """Return the document as the file of a prestation says it.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "code": self.code,
            "name": self.name,
            "legal_basis": self.legal_basis or "",
            "indispensable": self.is_indispensable,
            "nature": self.nature,
            "formats": self._formats(),
            "max_files": self.max_files,
            "max_mb": self.max_mb,
            "max_age_months": self.max_age_months or None,
            "help": self.help or "",
        }

    def _import_vals(self, document):
        """Return the values of the document that a file describes.

        :param dict document: checked (``rules.portable``)
        """
        vals = {f"accepts_{name}": name in document["formats"] for name in FORMATS}
        return vals | {
            "code": document["code"],
            "name": document["name"],
            "legal_basis": document["legal_basis"],
            "is_indispensable": document["indispensable"],
            "nature": document["nature"],
            "max_files": document["max_files"],
            "max_mb": document["max_mb"],
            "max_age_months": document["max_age_months"] or 0,
            "help": document["help"],
        }

    def _complete(self, vals):
        """Fill what the town left empty; what she wrote is hers."""
        self.ensure_one()
        missing = {
            name: vals[name]
            for name in ("legal_basis", "help")
            if vals[name] and not self[name]
        }
        if not self.active:
            missing["active"] = True
        if missing:
            self.write(missing)


class GrcFormVersion(models.Model):
    _inherit = "grc.form.version"

    def _set_aside(self):
        """Keep a draft as it is among the old versions, where it can be restored."""
        for draft in self:
            draft._check_draft()
            schema = draft._compile()
            draft.write(
                {
                    "state": "archived",
                    "schema": schema,
                    "schema_sha256": draft._fingerprint(schema),
                    "note": self.env._("Set aside, never published"),
                }
            )
        # The unique index on drafts must see the old one leave.
        self.flush_model(["state"])
