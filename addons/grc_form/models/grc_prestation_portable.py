import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import markup, normal, portable
from ..rules.portable_keys import AUDIENCE, CHANNELS

# Plain texts of the file: key -> field of the prestation.
_TEXTS = {
    "summary": "summary",
    "required_documents": "required_documents",
    "cost": "cost",
    "duration": "duration_text",
    "legal_basis": "legal_basis",
    "retention": "retention_text",
    "presence_note": "presence_note",
}
_PRIVACY = {
    "purpose": "privacy_purpose",
    "legal_basis": "privacy_legal_basis",
    "recipients": "privacy_recipients",
}
_REFERENCES = {"cerfa": "cerfa", "white_paper": "white_paper"}
_LAW = {
    "regime": "unknown",
    "months": 2,
    "start_basis": "default",
    "source": "",
    "checked_on": None,
    "prior_appeal": False,
    "appeal_text": "",
    "excluded": False,
    "note": "",
    "reserved": False,
    "missing_days": 0,
}


class GrcPrestation(models.Model):
    """A whole prestation as one file that towns exchange (docs/prestation-file.md)."""

    _inherit = "grc.prestation"

    presence_note = fields.Char(
        string="Where and why to come in person", translate=True, tracking=True
    )
    cerfa = fields.Char(string="Cerfa number", tracking=True)
    white_paper = fields.Char(
        string="Entry of the white paper of online services (2010)"
    )

    # === PARTS OF THE FILE === #

    @api.model
    def _portable_parts(self):
        """Return how each part of the file is written, and read.

        :return: key of the file -> (function of a prestation that gives the value of
            the file, function of this value that gives values of a prestation)
        :rtype: dict[str, tuple[Callable, Callable]]
        """
        parts = {key: _text_part(name) for key, name in _TEXTS.items()}
        return parts | {
            "description": (_write_description, lambda html: {"description": html}),
            "nature": (lambda own: own.nature, lambda value: {"nature": value}),
            "audience": _flags_part("for_", AUDIENCE),
            "channels": _flags_part("is_open_", CHANNELS),
            "needs_presence": (
                lambda own: own.needs_presence,
                lambda value: {"needs_presence": value},
            ),
            "domicile_case": (
                lambda own: own.domicile_case or None,
                lambda value: {"domicile_case": value or False},
            ),
            "privacy": _texts_part(_PRIVACY),
            "references": _texts_part(_REFERENCES),
            # What the law says of silence is kept by the addon that knows it.
            "law": (lambda own: dict(_LAW), lambda value: {}),
        }

    @api.model
    def _part_names(self):
        """Return how each line of the sheet is called, by key of the file.

        :rtype: dict[str, str]
        """
        names = {
            "name": "name",
            "nature": "nature",
            "description": "description",
            "needs_presence": "needs_presence",
            "domicile_case": "domicile_case",
        }
        names |= _TEXTS
        names |= {f"privacy.{key}": name for key, name in _PRIVACY.items()}
        names |= {f"references.{key}": name for key, name in _REFERENCES.items()}
        labels = self.fields_get(list(names.values()), ["string"])
        return {
            "audience": self.env._("For whom"),
            "channels": self.env._("Open by"),
        } | {key: labels[name]["string"] for key, name in names.items()}

    def _in_town_language(self):
        """Return the same prestations in the language of their local authority."""
        company = self.company_id[:1] or self.env.company
        return self.with_context(lang=company.partner_id.lang or self.env.lang)

    # === EXPORT === #

    def _current_form(self):
        """Return the form in preparation, or the one in use when there is none.

        :rtype: grc.form.version
        """
        self.ensure_one()
        forms = self.form_version_ids
        draft = forms.filtered(lambda form: form.state == "draft" and form.field_ids)
        return draft[:1] or self.published_version_id

    def _export_data(self, version=None):
        """Return the prestation in the normal form of the file.

        :param grc.form.version version: the form to write, the current one by default
        :rtype: dict
        """
        self.ensure_one()
        own = self._in_town_language()
        version = version or own._current_form()
        form = (version.schema or version._compile()) if version else None
        data = {
            "format": portable.FORMAT,
            "code": own.code,
            "name": own.name,
            "theme": self.env["grc.form.pack"]._theme_code(own.theme_id),
            "service": own.service_id.name,
            "documents": own._export_documents(form),
            "form": form,
        }
        parts = own._portable_parts()
        return normal.file(
            data | {key: write(own) for key, (write, _read) in parts.items()}
        )

    def _export_documents(self, form):
        codes = portable.documents_asked(form) if form else ()
        kinds = self.env["grc.document.type"].search(
            [("company_id", "=", self.company_id.id), ("code", "in", list(codes))]
        )
        return [kind._export_data() for kind in kinds]

    def _export_file(self, version=None):
        """Return the file of the prestation.

        :param grc.form.version version: the form to write, the current one by default
        :raise UserError: when a town could not read the file back
        :rtype: bytes
        """
        content = portable.dump(self._export_data(version))
        faults = portable.parse(content).faults
        if faults:
            raise UserError(
                self.env._(
                    "“%(name)s” cannot be exported: its form is not finished.\n"
                    "%(problems)s",
                    name=self.name,
                    problems="\n".join(
                        f"• {self._file_fault_text(fault)}" for fault in faults[:10]
                    ),
                )
            )
        return content

    def _export_name(self):
        self.ensure_one()
        stem = re.sub(r"[^A-Za-z0-9_-]+", "-", self.code).strip("-") or "prestation"
        return f"{stem}.json"

    def action_export(self):
        """Download the file of the prestation."""
        self.ensure_one()
        self.check_access("write")
        attachment = self.env["ir.attachment"].create(
            {
                "name": self._export_name(),
                "raw": self._export_file(),
                "mimetype": "application/json",
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }


def _text_part(name):
    return (lambda own: own[name] or ""), (lambda value: {name: value})


def _texts_part(names):
    return (
        lambda own: {key: own[name] or "" for key, name in names.items()},
        lambda value: {name: value[key] for key, name in names.items()},
    )


def _flags_part(prefix, codes):
    return (
        lambda own: [code for code in codes if own[f"{prefix}{code}"]],
        lambda value: {f"{prefix}{code}": code in value for code in codes},
    )


def _write_description(own):
    # What the editor of the screen adds (styles, marks of its own) stays here.
    return markup.cleaned(str(own.description or ""))
