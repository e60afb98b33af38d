from odoo import api, fields, models

from ..rules import normal, portable
from ..rules.changes import changes
from ..rules.merging import merged
from ..rules.words import folded

_NO_FORM = {"pages": []}


class GrcPrestation(models.Model):
    """A prestation that came from a model: what each of the two changed since."""

    _inherit = "grc.prestation"

    model_code = fields.Char(string="Made from the model", readonly=True, copy=False)
    model_sha256 = fields.Char(readonly=True, copy=False)
    content_sha256 = fields.Char(readonly=True, copy=False)
    # What the model said, and what was in the catalogue just after: both in normal
    # form, without what belongs to the town.
    model_base = fields.Json(
        readonly=True,
        copy=False,
        prefetch=False,
        groups="grc_base.group_grc_manager",
    )

    has_newer_model = fields.Boolean(
        compute="_compute_has_newer_model", groups="grc_base.group_grc_manager"
    )

    @api.depends("model_sha256")
    def _compute_has_newer_model(self):
        codes = self.filtered("model_code").mapped("model_code")
        shas = {
            model.code: model.sha256
            for model in self.env["grc.prestation.model"].search(
                [("code", "in", codes)]
            )
        }
        for prestation in self:
            sha = shas.get(prestation.model_code)
            prestation.has_newer_model = bool(sha) and sha != prestation.model_sha256

    def _install_model(self, model, services):
        data = model.content
        service = services.get(folded(data["service"]))
        prestation = self._import_data(data, service=service)
        prestation._note_model(model, portable.own(prestation._export_data()))
        return prestation

    def _note_model(self, model, installed):
        self.write(
            {
                "model_code": model.code,
                "model_sha256": model.sha256,
                "content_sha256": portable.fingerprint(installed),
                "model_base": {
                    "model": portable.own(model.content),
                    "installed": installed,
                },
            }
        )

    def _catalogue_model(self):
        """Return the model that the prestation was made from, if it still ships.

        :rtype: grc.prestation.model
        """
        self.ensure_one()
        return self.env["grc.prestation.model"].search(
            [("code", "=", self.model_code or "")]
        )

    def _is_changed_by_town(self):
        self.ensure_one()
        now = portable.own(self._export_data())
        return portable.fingerprint(now) != self.content_sha256

    def _model_state(self, model):
        """Return where the prestation stands with regard to a model of its code.

        :rtype: str
        """
        self.ensure_one()
        if not self.model_code:
            return "own"
        if self.model_sha256 != model.sha256:
            return "newer"
        return "modified" if self._is_changed_by_town() else "active"

    # === THREE WAYS === #

    def _model_differences(self):
        """Return what the model, and what the town, changed since the activation.

        :return: ``{"model": {"sheet": keys, "form": changes}, "town": the same,
            "both": keys of the sheet that both changed otherwise}``
        :rtype: dict
        """
        self.ensure_one()
        base = self.model_base
        new = portable.own(self._catalogue_model().content)
        now = portable.own(self._export_data())
        model = _differences(base["model"], new)
        town = _differences(base["installed"], now)
        flat_new, flat_now = portable.flat(new), portable.flat(now)
        both = [
            key
            for key in model["sheet"]
            if key in town["sheet"] and flat_new[key] != flat_now[key]
        ]
        return {"model": model, "town": town, "both": both}

    def _update_from_model(self, keep_form=False, choices=None):
        """Bring what the model changed; what the town changed stays as it is.

        The form becomes the draft: neither the version in use nor the requests change,
        and a draft that the town wrote is set aside, where it can be restored.

        :param bool keep_form: leave the town's form
        :param dict choices: ``("sheet", key)`` or ``("form", code)`` -> True to take
            the model's line, False to keep the town's; what is not said follows the
            model where the town changed nothing
        """
        self.ensure_one()
        self.check_access("write")
        model = self._catalogue_model()
        found = self._model_differences()
        before = self.model_base["installed"]
        taken, lines = self._lines_taken(found, choices or {})
        self._update_sheet(model.content, taken)
        lines = [] if keep_form else lines
        if lines:
            self._take_documents(model.content["documents"])
            self._update_form(model.content["form"], found, lines)
        after = portable.own(self._export_data())
        installed = _with_parts(after, before, set(found["town"]["sheet"]) - taken)
        # What the town has of her own in the form is what differs from this.
        installed["form"] = before["form"]
        if lines:
            form = before["form"] or _NO_FORM
            installed["form"] = merged(form, model.content["form"] or _NO_FORM, lines)
        self._note_model(model, installed)

    def _lines_taken(self, found, choices):
        """Return what the town takes: keys of the sheet, changes of the form.

        :rtype: tuple[set, list[dict]]
        """
        own = {("sheet", key) for key in found["town"]["sheet"]}
        own |= {("form", change["code"]) for change in found["town"]["form"]}

        def is_taken(line):
            return choices.get(line, line not in own)

        return (
            {key for key in found["model"]["sheet"] if is_taken(("sheet", key))},
            [
                change
                for change in found["model"]["form"]
                if is_taken(("form", change["code"]))
            ],
        )

    def _update_sheet(self, content, taken):
        if not taken:
            return
        data = _with_parts(self._export_data(), content, taken)
        self._write_sheet(data, keys={key.split(".")[0] for key in taken})

    def _update_form(self, form, found, lines):
        draft = self.form_version_ids.filtered(lambda version: version.state == "draft")
        mine = self._export_data()["form"] or _NO_FORM
        form = normal.form(merged(mine, form or _NO_FORM, lines))
        if draft and not found["town"]["form"]:
            draft._fill_from_schema(form)
        else:
            self._take_form(form)

    def action_model_update(self):
        """Show what changed on both sides, and let the town choose line by line."""
        self.ensure_one()
        window = self.env["grc.prestation.update"].create({"prestation_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New version of the model"),
            "res_model": window._name,
            "res_id": window.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }


def _differences(before, after):
    return {
        "sheet": portable.sheet_changes(before, after),
        "form": changes(before["form"] or _NO_FORM, after["form"] or _NO_FORM),
    }


def _with_parts(data, source, keys):
    """Return ``data`` with parts of ``source``: ``cost``, ``law.regime``…"""
    merged = {
        key: dict(value) if isinstance(value, dict) else value
        for key, value in data.items()
    }
    for key in keys:
        part, _dot, name = key.partition(".")
        if part not in source:
            continue
        if name:
            merged[part][name] = source[part][name]
        else:
            merged[part] = source[part]
    return merged
