import io
from collections import OrderedDict

from odoo import fields, models

from ..pdf import html_to_pdf


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    grc_pdf_variant = fields.Selection(
        [("pdf/ua-1", "PDF/UA (for people)"), ("pdf/a-3a", "PDF/A (for the archive)")],
        string="Accessible PDF",
        help="Tagged PDF with real text. Leave empty for the engine of Odoo.",
    )

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        # sudo: as core does, to read the settings of the report only
        report_sudo = self._get_report(report_ref)
        if not report_sudo.grc_pdf_variant:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        streams = OrderedDict()
        for res_id in res_ids or ():
            html = self._render_qweb_html(report_ref, [res_id], data=data)[0]
            pdf = html_to_pdf(html, report_sudo.grc_pdf_variant)
            streams[res_id] = {"stream": io.BytesIO(pdf), "attachment": None}
        return streams

    def _grc_render_pdf(self, report_ref, res_id, data=None, attachments=()):
        """Return the PDF of one record, in tests too.

        :param str report_ref: external identifier of the report
        :param dict data: what the template reads besides the record
        :param attachments: files embedded; see ``pdf.html_to_pdf``
        :rtype: bytes
        """
        if attachments:
            # sudo: to read the settings of the report only
            report_sudo = self._get_report(report_ref)
            html = self._render_qweb_html(report_ref, [res_id], data=data)[0]
            return html_to_pdf(html, report_sudo.grc_pdf_variant, attachments)
        return self.with_context(force_report_rendering=True)._render_qweb_pdf(
            report_ref, [res_id], data=data
        )[0]
