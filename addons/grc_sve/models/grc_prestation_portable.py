from odoo import api, fields, models

# Key of the file -> field of the prestation.
_LAW = {
    "regime": "silence_regime",
    "months": "silence_months",
    "start_basis": "start_basis",
    "source": "regime_source",
    "checked_on": "regime_checked_on",
    "prior_appeal": "mandatory_prior_appeal",
    "appeal_text": "appeal_text",
    "excluded": "is_sve_excluded",
    "note": "law_note",
    "reserved": "is_reserved",
    "missing_days": "missing_days",
}
_TEXTS = ("source", "appeal_text", "note")


class GrcPrestation(models.Model):
    """What the law says of a prestation, in its file and in its check."""

    _inherit = "grc.prestation"

    is_sve_excluded = fields.Boolean(
        string="Excluded from electronic filing",
        tracking=True,
        help="One of the procedures that the decree 2016-1491 leaves out of the right "
        "to file electronically. The town may offer it all the same.",
    )
    law_note = fields.Text(
        string="To be validated",
        groups="base.group_user",
        tracking=True,
        help="What the town must have validated before it publishes: never shown to "
        "the public.",
    )

    @api.model
    def _portable_parts(self):
        return super()._portable_parts() | {"law": (_write_law, _read_law)}

    @api.model
    def _part_names(self):
        labels = self.fields_get(list(_LAW.values()), ["string"])
        return super()._part_names() | {
            f"law.{key}": labels[name]["string"] for key, name in _LAW.items()
        }

    def _publication_warnings(self):
        found = super()._publication_warnings()
        if self.law_note:
            found.append(_warning(self.env._("To be validated: %s", self.law_note)))
        if self._has_silence() and not self.regime_checked_on:
            found.append(
                _warning(
                    self.env._(
                        "Say when the text that gives the regime of silence was read."
                    ),
                    "CRPA, art. L231-1, L231-4",
                )
            )
        if self.is_sve_excluded and self.is_open_portal:
            found.append(
                _warning(
                    self.env._(
                        "This prestation is excluded from the right to file "
                        "electronically: it is open on the website because the town "
                        "offers it."
                    ),
                    "CRPA, art. L112-10",
                )
            )
        if not self.is_sve_excluded and not (self.is_open_portal or self.is_open_mail):
            found.append(
                _warning(
                    self.env._(
                        "Nothing lets the citizen file electronically, and this "
                        "prestation is not excluded from it."
                    ),
                    "CRPA, art. L112-8, L112-9",
                )
            )
        return found


def _warning(text, article=""):
    return {"level": "warning", "text": text, "article": article, "path": ""}


def _write_law(own):
    law = {key: own[name] for key, name in _LAW.items()}
    law |= {key: law[key] or "" for key in _TEXTS}
    checked_on = law["checked_on"]
    return law | {"checked_on": checked_on.isoformat() if checked_on else None}


def _read_law(law):
    vals = {name: law[key] for key, name in _LAW.items() if key in law}
    # The period that nothing says otherwise is that of the law: two months.
    months = law.get("months")
    vals["silence_months"] = 2 if months is None else months
    return vals | {"regime_checked_on": law.get("checked_on") or False}
