from odoo import fields, models
from odoo.exceptions import UserError


class GrcRequest(models.Model):
    """The certificate of implicit acceptance, written once, on request."""

    _inherit = "grc.request"

    def _can_have_certificate(self):
        """Tell whether silence accepted this request, and still does."""
        self.ensure_one()
        return self._implicit_stands() == "accepted"

    def _implicit_certificate(self):
        """Return the certificate of implicit acceptance, written the first time.

        :raise UserError: when silence did not accept this request
        :rtype: grc.request.document
        """
        self.ensure_one()
        # sudo: the callers checked the request; nobody writes a document by hand
        request_sudo = self.sudo().with_context(lang=self.language)
        request_sudo.lock_for_update()
        request_sudo.invalidate_recordset(["implicit_certificate_id"])
        if not request_sudo._can_have_certificate():
            raise UserError(
                self.env._(
                    "Silence has not accepted this request: there is nothing to "
                    "certify (CRPA, art. L232-3)."
                )
            )
        if not request_sudo.implicit_certificate_id:
            request_sudo._store_certificate()
        return request_sudo.implicit_certificate_id

    def _store_certificate(self):
        pdf = self.env["ir.actions.report"]._grc_render_pdf(
            "grc_sve.action_report_implicit_acceptance", self.id
        )
        document = self.env["grc.request.document"]._store(
            self,
            [(f"attestation-acceptation-{self.name}.pdf", pdf)],
            origin="system",
            kind="decision",
        )
        self._write_facts({"implicit_certificate_id": document.id})
        self._log_event(
            "certificate_issued", files=[document.name], sha256=document.sha256
        )

    def _certificate_facts(self):
        """Return what the certificate says, as it was on the day of the birth.

        :raise UserError: when silence did not accept this request
        :rtype: dict[str, str]
        """
        self.ensure_one()
        if not self._can_have_certificate():
            raise UserError(
                self.env._("Silence has not accepted this request: nothing to certify.")
            )
        # sudo: a citizen does not read the payload of facts
        birth = self.sudo().event_ids.filtered(
            lambda event: event.kind == "implicit_accepted"
        )[:1]
        days = {
            name: self._explain_day(fields.Date.to_date(birth.payload.get(name)))
            for name in ("implicit_on", "completed_on")
        }
        return days | {
            "received_on": self._explain_day(self.received_on),
            "born_on": self._explain_day(self.implicit_born_on),
            "issued_on": self._explain_day(self._local_day()),
        }

    def action_implicit_certificate(self):
        """Give the agent the certificate of acceptance, as a file."""
        self.ensure_one()
        self._check_writer()
        return self._implicit_certificate().with_env(self.env).action_download()
