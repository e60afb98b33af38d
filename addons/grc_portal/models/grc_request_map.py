from odoo import api, fields, models

from odoo.addons.grc_form.rules import snapshot


class GrcRequest(models.Model):
    """The places that a form shows, for the agent who reads it."""

    _inherit = "grc.request"

    map_points = fields.Json(
        string="Places on the map",
        compute="_compute_map_points",
        prefetch=False,
        help="Map of the town, and the places that the citizen showed on it.",
    )

    @api.depends_context("uid")
    @api.depends("snapshot")
    def _compute_map_points(self):
        may_read_all = self.env.user.has_group("grc_form.group_grc_sensitive")
        for request in self:
            filled = request._filled_form(whole=may_read_all)
            points = [
                {
                    "label": line["label"],
                    "lat": float(line["value"]["lat"]),
                    "lon": float(line["value"]["lon"]),
                }
                for line in snapshot.of_type(filled, "point")
                if line.get("value") and "lat" in line["value"]
            ]
            # sudo: the settings of the map of a town are no secret
            town_map = points and request.company_id.sudo()._grc_map(names_town=True)
            request.map_points = town_map and {"map": town_map, "points": points}
