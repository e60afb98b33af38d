from odoo import fields, models

from ..rules.letter import missing_signature_parts


class GrcService(models.Model):
    """Who signs the decisions of a service."""

    _inherit = "grc.service"

    signatory_given_name = fields.Char(
        string="Given name of the signatory",
        help="When another person than the signatory of the local authority signs "
        "the decisions of this service. The three lines, or none.",
    )
    signatory_name = fields.Char(string="Name of the signatory")
    signatory_quality = fields.Char(string="Quality of the signatory")

    def _signatory(self, author):
        """Return who signs the decisions of the service (CRPA, art. L212-1).

        The signatory of the service, else of the local authority, else the agent who
        decided.

        :param res.users author: who decided
        :return: ``given_name``, ``name``, ``quality`` and ``service``
        :rtype: dict[str, str]
        """
        self.ensure_one()
        company = self.company_id
        candidates = (
            (self.signatory_given_name, self.signatory_name, self.signatory_quality),
            (
                company.grc_signatory_given_name,
                company.grc_signatory_name,
                company.grc_signatory_quality,
            ),
            (
                # An account has one name: given name first, as people write it.
                *_split_name(author.name),
                author.partner_id.function or self.env._("Agent of the service"),
            ),
        )
        known = next(
            (parts for parts in candidates if not missing_signature_parts(*parts)),
            ("", author.name, candidates[-1][-1]),
        )
        names = ("given_name", "name", "quality")
        return dict(zip(names, known, strict=True)) | {"service": self.name}


def _split_name(name):
    given, _space, rest = (name or "").strip().partition(" ")
    return (given, rest) if rest else ("", given)
