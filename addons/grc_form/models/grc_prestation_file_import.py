from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ..rules import normal, portable
from ..rules.words import folded


class GrcPrestation(models.Model):
    """The file of a prestation, put in the catalogue of a town."""

    _inherit = "grc.prestation"

    @api.model
    def _parse_file(self, content):
        """Return what a file says, once it was checked.

        :param bytes content: the whole file
        :raise ValidationError: saying each fault with its line
        :rtype: dict
        """
        parsed = self._read_file(content)
        if parsed.faults:
            raise ValidationError(
                "\n".join(self._file_fault_text(fault) for fault in parsed.faults[:20])
            )
        return parsed.data

    @api.model
    def _read_file(self, content):
        """Return what a file says, or why it is refused here.

        :param bytes content: the whole file
        :rtype: rules.portable.Parsed
        """
        parsed = portable.parse(content)
        codes = [code for code, _type, _line, _path in parsed.types]
        # sudo: the dictionary is common, it is read by whoever may write a form
        known = {
            datum.code: datum
            for datum in self.env["grc.form.question"]
            .sudo()
            .search([("code", "in", codes)])
        }
        names = dict(
            self.env["grc.form.question"]
            ._fields["type"]
            ._description_selection(self.env)
        )
        faults = [
            portable.FileFault(
                line,
                path,
                "type_differs",
                {"code": code, "known": names[known[code].type]},
            )
            for code, kind, line, path in parsed.types
            if code in known and known[code].type != kind
        ]
        return parsed._replace(data=None, faults=faults) if faults else parsed

    @api.model
    def _import_file(self, content, mode="create", service=None, sheet=False):
        """Put a file in the catalogue of the local authority.

        :param bytes content: the whole file
        :param str mode: ``create`` a prestation, in draft, or prepare a ``version`` of
            the form of the one that has the same code
        :param grc.service service: in charge, when none has the name that the file
            gives
        :param bool sheet: with ``version``, replace the sheet too
        :raise ValidationError: when the file is refused, with the lines
        :raise UserError: when it cannot enter this catalogue
        :rtype: grc.prestation
        """
        data = self._parse_file(content)
        return self._import_data(data, mode=mode, service=service, sheet=sheet)

    @api.model
    def _import_data(self, data, mode="create", service=None, sheet=False):
        self.check_access("create" if mode == "create" else "write")
        known = self._with_code(data["code"])
        if mode == "create":
            if known:
                raise UserError(
                    self.env._(
                        "The catalogue already has “%(name)s” with the code %(code)s.",
                        name=known.name,
                        code=known.code,
                    )
                )
            prestation = self._create_from_file(data, service)
        else:
            prestation = known
            if not prestation:
                raise UserError(
                    self.env._(
                        "No prestation of the catalogue has the code %s.", data["code"]
                    )
                )
            if sheet:
                prestation._write_sheet(data)
        prestation._take_documents(data["documents"])
        prestation._take_form(data["form"])
        return prestation

    @api.model
    def _with_code(self, code):
        return self.with_context(active_test=False).search(
            [("company_id", "=", self.env.company.id), ("code", "=", code)], limit=1
        )

    @api.model
    def _service_named(self, name):
        """Return the service of the local authority that has this name, if any."""
        services = self.env["grc.service"].search(
            [("company_id", "=", self.env.company.id)]
        )
        wanted = folded(name)
        return services.filtered(lambda service: folded(service.name) == wanted)[:1]

    @api.model
    def _create_from_file(self, data, service):
        service = service or self._service_named(data["service"])
        if not service:
            raise UserError(
                self.env._(
                    "Choose the service in charge: none is called “%s”.",
                    data["service"],
                )
            )
        vals = self._sheet_vals(data) | {
            "code": data["code"],
            "theme_id": self.env["grc.form.pack"]._theme_named(data["theme"]).id,
            "service_id": service.id,
            "company_id": self.env.company.id,
        }
        return self._in_town_language().create(vals).with_env(self.env)

    @api.model
    def _sheet_vals(self, data, keys=None):
        """Return the values of the sheet that a file gives.

        :param keys: those of the file to read, all of them by default
        """
        vals = {"name": data["name"]} if keys is None or "name" in keys else {}
        for key, (_write, read) in self._portable_parts().items():
            if key in data and (keys is None or key in keys):
                vals |= read(data[key])
        return vals

    def _write_sheet(self, data, keys=None):
        self._in_town_language().write(self._sheet_vals(data, keys))

    def _take_documents(self, documents):
        """Create the kinds of documents that are missing, complete the others."""
        self.ensure_one()
        kinds = self.env["grc.document.type"].with_context(active_test=False)
        known = {
            kind.code: kind
            for kind in kinds.search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("code", "in", [document["code"] for document in documents]),
                ]
            )
        }
        for document in documents:
            vals = kinds._import_vals(document)
            kind = known.get(document["code"])
            if not kind:
                kinds.create(vals | {"company_id": self.company_id.id})
            else:
                kind._complete(vals)

    def _take_form(self, form):
        """Make ``form`` the draft; a draft that says something else is set aside."""
        self.ensure_one()
        if not form:
            return
        draft = self.form_version_ids.filtered(lambda version: version.state == "draft")
        if draft.field_ids:
            if normal.form(draft._compile()) == form:
                return
            draft._set_aside()
            draft = draft.browse()
        if not draft:
            if self._holds_form(form):
                return
            # The unique index on drafts must see the one published leave.
            draft.flush_model(["state"])
            draft = draft.create({"prestation_id": self.id})
        draft._fill_from_schema(form)

    def _holds_form(self, form):
        published = self.published_version_id
        return bool(published) and normal.form(published.schema) == form

    def action_duplicate(self):
        """Make a copy in draft, form included, and open it."""
        self.ensure_one()
        data = self._export_data()
        code, rank = data["code"], 2
        while self._with_code(f"{code}-{rank}"):
            rank += 1
        data |= {
            "code": f"{code}-{rank}",
            "name": self.env._("%s (copy)", data["name"]),
        }
        copied = self._import_data(data, service=self.service_id)
        copied.theme_id = self.theme_id
        return copied._action_open_sheet()

    def _action_open_sheet(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
