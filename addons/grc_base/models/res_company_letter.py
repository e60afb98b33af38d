import base64
import io

from PIL import Image

from odoo import api, fields, models
from odoo.exceptions import ValidationError

_IMAGE_MAX_BYTES = 1024 * 1024
_IMAGE_MAX_PIXELS = 4000
# Screens and printers agree on these; inks of a printing house are left out.
_IMAGE_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")


class ResCompany(models.Model):
    """The letterhead, the seal and the signatory of the local authority."""

    _inherit = "res.company"

    grc_letter_logo = fields.Binary(
        string="Logo of the letters",
        attachment=True,
        help="The town's own logo or coat of arms, PNG or JPEG, 1 MB at most. Never "
        "the marks of the State (Marianne, “Liberté, Égalité, Fraternité”).",
    )
    grc_letter_authority = fields.Char(
        string="Name on the letters",
        help="For example “Town hall of Admiville”. The name of the local authority "
        "when it is empty.",
    )
    grc_letter_lines = fields.Text(
        string="Other lines of the letterhead",
        help="One line each, under the address: opening hours, department…",
    )
    grc_letter_foot = fields.Char(
        string="Foot of the pages", help="One line, at the bottom of every page."
    )
    grc_seal = fields.Binary(
        string="Seal",
        attachment=True,
        help="Image of the town's seal, PNG with a transparent ground, 1 MB at most. "
        "Printed beside the signature of decisions.",
    )
    grc_signatory_given_name = fields.Char(string="Given name of the signatory")
    grc_signatory_name = fields.Char(string="Name of the signatory")
    grc_signatory_quality = fields.Char(
        string="Quality of the signatory",
        help="For example “The mayor”, or “Deputy mayor, by delegation of the mayor”.",
    )

    @api.constrains("grc_letter_logo")
    def _check_grc_letter_logo(self):
        for company in self:
            company._check_grc_image("grc_letter_logo", ("PNG", "JPEG"))

    @api.constrains("grc_seal")
    def _check_grc_seal(self):
        for company in self:
            company._check_grc_image("grc_seal", ("PNG",))

    def _check_grc_image(self, name, formats):
        """Raise when an image cannot be printed on every letter.

        :param str name: the field of the image
        :param formats: those accepted, as Pillow calls them
        :raise ValidationError: with the limit that is passed
        """
        content = self._grc_image(name)
        if not content:
            return
        label = self._fields[name]._description_string(self.env)
        if len(content) > _IMAGE_MAX_BYTES:
            raise ValidationError(
                self.env._("%(image)s: the file has at most 1 MB.", image=label)
            )
        if not _is_printable(content, formats):
            raise ValidationError(
                self.env._(
                    "%(image)s: this file is not an image that can be printed. Choose "
                    "a file in the format %(formats)s, in ordinary colours, of at "
                    "most %(pixels)s pixels a side.",
                    image=label,
                    formats=self.env._(" or ").join(formats),
                    pixels=_IMAGE_MAX_PIXELS,
                )
            )

    def _grc_image(self, name):
        # Under ``bin_size`` core gives the size of the file instead of the file.
        value = self.with_context(bin_size=False, **{f"bin_size_{name}": False})[name]
        return base64.b64decode(value) if value else b""

    def _grc_image_uri(self, name):
        """Return an image as a ``data:`` address, empty when there is none.

        The engine of PDF files fetches nothing: an image travels in the page.

        :param str name: ``grc_letter_logo`` or ``grc_seal``
        :rtype: str
        """
        self.ensure_one()
        content = self._grc_image(name)
        if not content:
            return ""
        kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
        return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"

    def _grc_letterhead_lines(self):
        """Return the lines under the name of the authority, in the letterhead.

        :rtype: list[str]
        """
        self.ensure_one()
        town = " ".join(filter(None, (self.zip, self.city)))
        phone = self.phone and self.env._("Telephone: %(number)s", number=self.phone)
        website = (self.website or "").removeprefix("https://").removeprefix("http://")
        free = (self.grc_letter_lines or "").splitlines()
        lines = (self.street, self.street2, town, *free, phone, website.rstrip("/"))
        return [line.strip() for line in lines if (line or "").strip()]


def _is_printable(content, formats):
    try:
        with Image.open(io.BytesIO(content), formats=formats) as image:
            mode, size = image.mode, image.size
            image.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return mode in _IMAGE_MODES and max(size) <= _IMAGE_MAX_PIXELS
