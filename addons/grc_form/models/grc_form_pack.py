import json
import logging
from pathlib import Path

from odoo import api, fields, models

from ..rules import portable
from ..rules.words import folded

_logger = logging.getLogger(__name__)
CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue"


class GrcFormPack(models.Model):
    """A set of prestations, ready to be activated, on one theme."""

    _name = "grc.form.pack"
    _description = "Pack of the catalogue of models"
    _order = "sequence, id"

    code = fields.Char(required=True)
    name = fields.Char(required=True)
    description = fields.Char()
    theme_name = fields.Char(
        required=True, help="Heading of the catalogue where its prestations go."
    )
    icon = fields.Char()
    sequence = fields.Integer()
    model_ids = fields.One2many("grc.prestation.model", "pack_id", string="Models")
    model_count = fields.Integer(compute="_compute_counts", string="Prestations")
    active_count = fields.Integer(compute="_compute_counts", string="Activated")
    newer_count = fields.Integer(compute="_compute_counts", string="To update")

    _code_uniq = models.Constraint("unique(code)", "This pack already exists.")

    @api.depends_context("company")
    @api.depends("model_ids")
    def _compute_counts(self):
        known = self.model_ids._installed()
        for pack in self:
            installed = [known[own.code] for own in pack.model_ids if own.code in known]
            shas = {own.code: own.sha256 for own in pack.model_ids}
            pack.model_count = len(pack.model_ids)
            pack.active_count = len(installed)
            pack.newer_count = sum(
                bool(own.model_code) and own.model_sha256 != shas[own.code]
                for own in installed
            )

    # === LOADING === #

    @api.model
    def _load_catalogue(self, folder=CATALOGUE):
        """Read the packs and their models from the files that ship.

        Safe to run again: what did not change is not written.

        :param Path folder: with ``packs.json`` and one folder for each pack
        """
        # sudo: the models are the software's own, nobody writes them by hand
        packs_sudo = self.sudo()
        for rank, described in enumerate(
            json.loads((folder / "packs.json").read_text(encoding="utf-8"))
        ):
            vals = {
                "code": described["code"],
                "name": described["name"],
                "description": described["description"],
                "theme_name": described["theme"],
                "icon": described["icon"],
                "sequence": 10 * (rank + 1),
            }
            pack = packs_sudo.search([("code", "=", vals["code"])])
            if not pack:
                pack = packs_sudo.create(vals)
            elif any(pack[name] != value for name, value in vals.items()):
                pack.write(vals)
            pack._load_models(folder / pack.code)
        self.env.registry.clear_cache()

    def _load_models(self, folder):
        """Read the models of the pack; one whose file is gone is forgotten."""
        self.ensure_one()
        known = {own.code: own for own in self.model_ids}
        read = {}
        for path in sorted(folder.glob("*.json")):
            parsed = portable.parse(path.read_bytes())
            for fault in parsed.faults[:5]:
                _logger.warning("catalogue, %s: %s", path.name, fault)
            if parsed.data:
                read[parsed.data["code"]] = parsed.data
        for code, data in read.items():
            vals = self.env["grc.prestation.model"]._vals_of(data)
            if code not in known:
                self.model_ids.create(vals | {"pack_id": self.id})
            elif known[code].content != data:
                known[code].write(vals)
        self.model_ids.filtered(lambda own: own.code not in read).unlink()

    # === THEMES === #

    @api.model
    def _theme_code(self, theme):
        """Return what a file says of a theme: the code of its pack, or its name.

        :rtype: str
        """
        wanted = folded(theme.name)
        # sudo: exporting needs no right on the catalogue of models
        packs_sudo = self.sudo().search([("theme_name", "!=", False)])
        for pack in packs_sudo:
            if folded(pack.theme_name) == wanted:
                return pack.code
        return theme.name

    @api.model
    def _theme_named(self, text):
        """Return the theme that a file names, created when it is missing.

        :param str text: code of a pack, or name
        :rtype: grc.theme
        """
        # sudo: importing needs no right on the catalogue of models
        pack = self.sudo().search([("code", "=", text)])
        name = pack.theme_name or text
        themes = self.env["grc.theme"].with_context(
            lang=self.env.company.partner_id.lang or self.env.lang
        )
        wanted = folded(name)
        known = themes.search([("name", "!=", False)])
        theme = known.filtered(lambda own: folded(own.name) == wanted)[:1]
        if not theme:
            vals = {"name": name, "sequence": pack.sequence or 100}
            if pack:
                vals |= {"icon": pack.icon, "description": pack.description}
            theme = themes.create(vals)
        return theme.with_env(self.env)

    # === ACTIVATION === #

    def action_activate(self):
        """Ask which services are in charge, then create what is missing."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Activate prestations"),
            "res_model": "grc.form.pack.activation",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model_ids": [
                    fields.Command.set(self.model_ids._not_installed().ids)
                ]
            },
        }

    def action_open_pack(self):
        """Show the models of the pack."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_update_unchanged(self):
        """Update the prestations that the town left as they were."""
        for own in self.model_ids:
            prestation = own.prestation_id
            if own.state == "newer" and not prestation._is_changed_by_town():
                prestation._update_from_model()

    def action_activate_all(self):
        """Ask the same for every pack, whatever is selected on the screen."""
        return self.search([("code", "!=", False)]).action_activate()
