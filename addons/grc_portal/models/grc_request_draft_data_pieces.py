from odoo import fields, models

from odoo.addons.grc_base.days import day_in_full


class GrcRequestDraft(models.Model):
    """The document that the data of a service replace, when no token is needed.

    A file says what was told, by whom and when; the citizen may remove it and join her
    own document.
    """

    _inherit = "grc.request.draft"

    def _replace_pieces(self, source, want, on_page):
        """Join, once for one key, the file that stands for each document of a page."""
        told = (self.data_values or {}).get(source.connector) or {}
        values, essential = told.get("values") or {}, source._connector().essential
        if not essential or set(essential) - values.keys():
            return
        made = set(told.get("made") or ())
        taken = {file["path"] for file in self._owners().values()}
        new = {*want.pieces} & on_page.keys() - made - taken
        if not new:
            return
        name, content = self._data_file(source, told)
        for code in sorted(new):
            before = set(self._owners())
            # A kind of document that takes no PDF keeps its upload.
            self._keep_piece(code, on_page[code]["document"], [(name, content)])
            owners = self._owners()
            for key in owners.keys() - before:
                owners[key] = owners[key] | {"told": source.connector}
            self.piece_files = owners
        self._keep_told(source.connector, told | {"made": sorted(made | new)})

    def _data_files(self, connector):
        """Return the files that say what a service told, by attachment.

        :rtype: dict
        """
        return {
            key: file
            for key, file in self._owners().items()
            if file.get("told") == connector
        }

    def _drop_data_files(self, connector):
        for key in self._data_files(connector):
            self._drop_piece_file(key)

    def _data_file(self, source, told):
        """Return the name and the content of the PDF of what a service told.

        :param dict told: see ``data_values``
        :rtype: tuple[str, bytes]
        """
        company, connector = self.company_id, source._connector()
        at = fields.Datetime.to_datetime(told["at"])
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=company.grc_timezone), at
        )
        facts = {
            "source": source.name,
            "key": told["key"],
            "day": day_in_full(self.env, local.date(), weekday=False),
            "hour": local.strftime("%H:%M"),
            "lines": [
                (
                    source._datum_text(connector.code, datum.code),
                    source._value_text(datum.type, told["values"][datum.code], company),
                )
                for datum in connector.data
                if datum.code in told["values"]
            ],
        }
        # sudo: the file of her own form, made of public data
        reports_sudo = self.env["ir.actions.report"].sudo()
        content = reports_sudo._grc_render_pdf(
            "grc_portal.action_report_public_data", self.id, {"facts": facts}
        )
        name = self.env._("Data obtained – %(service)s", service=source.name)
        return f"{name[:100]}.pdf".replace("/", "-"), content
