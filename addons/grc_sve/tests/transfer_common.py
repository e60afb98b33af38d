import subprocess

from odoo.addons.grc_base.tests.common import PDF

from .sve_common import SveCommon, _flat


class TransferCommon(SveCommon):
    """A town whose neighbour administrations are known."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        administrations = cls.env["grc.administration"]
        cls.department = administrations.create(
            {
                "name": "Departmental council",
                "company_id": cls.town.id,
                "email": "courrier@departement.example.com",
                "phone": "01 99 00 00 99",
            }
        )
        cls.prefecture = administrations.create(
            {
                "name": "Prefecture",
                "company_id": cls.town.id,
                "street": "1 place du Palais",
                "zip": "99000",
                "city": "Ville-Exemple",
            }
        )
        cls.reserved = cls._prestation("ONLINE", cls.service, is_reserved=True)

    def _transfer(self, request, administration=None, user=None):
        mine = self._as(request, user or self.agent)
        return mine._transfer(
            self._as(administration or self.department, user or self.agent),
            "Departmental roads are its own.",
            "Urgent.",
        )

    def _with_pdf(self, prestation, channel="portal", **vals):
        return self._file(prestation, channel, files=[("plan.pdf", PDF)], **vals)

    def _judge(self, request, user=None, **vals):
        mine = self._as(request, user or self.service_head)
        vals = {
            "ground": "repetitive",
            "reason": "Forty mails since Monday, the same text.",
            "message": "Your sending is considered abusive.",
        } | vals
        return mine._qualify_abusive(**vals)


def pdf_text(content):
    """Return the text of a PDF, as a reader of screens finds it."""
    done = subprocess.run(
        ("pdftotext", "-enc", "UTF-8", "-", "-"),
        input=content,
        capture_output=True,
        check=True,
    )
    return _flat(done.stdout.decode())
