import base64
import csv
import io

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, split_every

from ..rules.register import csv_cell

_BATCH = 1000
# More lines than that make a PDF that nobody reads and that takes minutes.
_PDF_LINES = 2000


class GrcRegisterExport(models.TransientModel):
    _name = "grc.register.export"
    _description = "Export of the register"

    date_from = fields.Date(
        string="Received from",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
    )
    date_to = fields.Date(
        string="Received until", required=True, default=fields.Date.context_today
    )
    service_id = fields.Many2one(
        "grc.service", help="Empty: every service whose requests you see."
    )
    content = fields.Binary(string="File", readonly=True)
    filename = fields.Char(readonly=True)

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        if any(export.date_from > export.date_to for export in self):
            raise ValidationError(
                self.env._("The period ends before it starts: change one of its days.")
            )

    # === ACTIONS === #

    def action_export_csv(self):
        """Write the register as a file for a spreadsheet."""
        self.ensure_one()
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        writer.writerow(csv_cell(title) for title in self._titles())
        for row in self._rows():
            writer.writerow(csv_cell(cell) for cell in row)
        # With its mark, a spreadsheet reads the accents right.
        return self._offer("csv", stream.getvalue().encode("utf-8-sig"))

    def action_export_pdf(self):
        """Write the register as an accessible PDF."""
        self.ensure_one()
        count = self.env["grc.request"].search_count(
            self._domain(), limit=_PDF_LINES + 1
        )
        if count > _PDF_LINES:
            raise UserError(
                self.env._(
                    "The period has more than %(limit)s requests: choose a shorter "
                    "one for a PDF, or the spreadsheet.",
                    limit=_PDF_LINES,
                )
            )
        pdf = self.env["ir.actions.report"]._grc_render_pdf(
            "grc_sve.action_report_register", self.id
        )
        return self._offer("pdf", pdf)

    def _offer(self, extension, content):
        """Keep the file in the window of the agent, and have it downloaded."""
        self.write(
            {
                "content": base64.b64encode(content),
                "filename": f"registre-{self.date_from}-{self.date_to}.{extension}",
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/content?download=true"
            "&filename_field=filename",
            "target": "self",
        }

    # === CONTENT === #

    def _domain(self):
        self.ensure_one()
        domain = Domain("received_on", ">=", self.date_from) & Domain(
            "received_on", "<=", self.date_to
        )
        if self.service_id:
            domain &= Domain("service_id", "=", self.service_id.id)
        return domain & Domain("company_id", "in", self.env.companies.ids)

    def _columns(self, printed=False):
        """Return what is exported of a request: nothing that names a person.

        :param bool printed: days as people of the language write them, not as
            spreadsheets of every country read them
        :return: name of the field, how its value is written
        :rtype: dict[str, Callable]
        """
        labels = {
            name: dict(
                self.env["grc.request"]._fields[name]._description_selection(self.env)
            )
            for name in ("channel", "outcome")
        }
        return {
            "name": lambda request: request.name,
            "received_at": lambda request: self._instant(
                request, "received_at", printed
            ),
            "channel": lambda request: labels["channel"][request.channel],
            "prestation_id": lambda request: request.prestation_id.name,
            "service_id": lambda request: request.service_id.name,
            "aee_sent_on": lambda request: self._day(request.aee_sent_on, printed),
            "are_sent_on": lambda request: self._day(request.are_sent_on, printed),
            "implicit_on": lambda request: self._day(request.implicit_on, printed),
            "outcome": lambda request: labels["outcome"].get(request.outcome),
            "decided_at": lambda request: self._instant(request, "decided_at", printed),
            "chain_head": lambda request: request.chain_head,
        }

    def _titles(self):
        names = list(self._columns())
        labels = self.env["grc.request"].fields_get(names, ["string"])
        return [labels[name]["string"] for name in names]

    def _rows(self, printed=False):
        """Yield the lines of the register that the agent may read, in order.

        Read with the agent's own rights, in batches: ten thousand requests take the
        memory of one batch.

        :rtype: Iterator[list[str]]
        """
        columns = self._columns(printed)
        requests = self.env["grc.request"]
        ids = requests.search(self._domain(), order="received_at, id").ids
        for batch in split_every(_BATCH, ids, requests.browse):
            batch.fetch(list(columns))
            for request in batch:
                yield [write(request) or "" for write in columns.values()]
            batch.invalidate_recordset()

    @api.model
    def _day(self, day, printed):
        if not day:
            return ""
        return format_date(self.env, day) if printed else fields.Date.to_string(day)

    @api.model
    def _instant(self, request, name, printed):
        """Return an instant on the clock of the local authority, to the minute."""
        if not request[name]:
            return ""
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=request.company_id.grc_timezone), request[name]
        )
        return f"{self._day(local.date(), printed)} {local:%H:%M}"
