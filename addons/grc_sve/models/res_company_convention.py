from odoo import fields, models

from ..rules.clock import Conventions
from ..rules.conventions import conventions_to_values
from ..rules.working_days import SATURDAY

# Setting of the local authority -> choice of the rules, point of docs/legal.md.
CONVENTION_FIELDS = {
    "grc_effect_from_next_day": ("effect_from_next_day", "G1"),
    "grc_extend_silence": ("extend_silence", "G2"),
    "grc_appeal_from_effect": ("appeal_from_effect", "G3"),
    "grc_overlap_once": ("overlap_once", "G4"),
    "grc_non_indispensable_suspends": ("non_indispensable_suspends", "G6"),
    "grc_abusive_keeps_silence": ("abusive_keeps_silence", "G7"),
    "grc_local_holidays_at_court": ("local_holidays_at_court", "G8"),
    "grc_works_saturday": ("extra_weekdays", "G10"),
}


class ResCompany(models.Model):
    """The points on which texts are silent or disputed: a jurist decides here.

    Each request keeps the choices of the day it was received.
    """

    _inherit = "res.company"

    grc_effect_from_next_day = fields.Boolean(
        string="Count the months of silence from the day after",
        help="Off (our reading): received on 15 September, two months end on "
        "15 November, and silence decides from 16 November.\n"
        "On: the months are counted from the day after the reception. The day differs "
        "at the end of some months only: received on 30 June, silence decides from "
        "1 September instead of 31 August.",
    )
    grc_extend_silence = fields.Boolean(
        string="Silence that ends on a day off runs to the next working day",
        help="Off (our reading): no text moves the end of the silence, even on a "
        "Sunday.\n"
        "On: a period that ends on a Saturday, a Sunday or a public holiday runs to "
        "the next working day.",
    )
    grc_appeal_from_effect = fields.Boolean(
        string="Count the two months of appeal from the day silence takes effect",
        help="Off (our reading): two months from the implicit rejection, plus one "
        "day.\n"
        "On: two months from the day after it. The last day differs at the end of "
        "some months only. It is for the agents: the public never reads it.",
    )
    grc_overlap_once = fields.Boolean(
        string="A day covered by two requests for documents suspends once",
        help="Off (our reading): the days given by each request for missing documents "
        "are added up, even when two requests overlap.\n"
        "On: a day that two requests share counts once; the silence ends earlier. "
        "Only where silence rejects.",
    )
    grc_non_indispensable_suspends = fields.Boolean(
        string="A document that is not indispensable delays the silence too",
        help="Off (our reading): a missing document without which the file can be "
        "studied delays nothing.\n"
        "On: any missing document asked for delays the end of the silence.",
    )
    grc_abusive_keeps_silence = fields.Boolean(
        string="Silence decides on an abusive request too",
        default=True,
        help="On (our reading, the careful one): an abusive request is owed no "
        "acknowledgement, but silence still becomes a decision.\n"
        "Off: silence on an abusive request decides nothing.",
    )
    grc_local_holidays_at_court = fields.Boolean(
        string="Local public holidays extend the time to appeal",
        default=True,
        help="On (our reading): a last day of appeal that falls on a holiday of the "
        "territory (Good Friday in Alsace-Moselle…) runs to the next working day.\n"
        "Off: only the national holidays count.",
    )
    grc_works_saturday = fields.Boolean(
        string="Saturday is a working day",
        help="Off (our reading): working days are Monday to Friday, without the "
        "public holidays.\n"
        "On: Saturday counts for the one and ten working days of the "
        "acknowledgements, which are due earlier. Nothing else changes.",
    )

    def _grc_conventions(self):
        """Return the choices of the local authority for the rules of the law.

        :rtype: Conventions
        """
        self.ensure_one()
        choices = {
            name: self[field]
            for field, (name, _point) in CONVENTION_FIELDS.items()
            if name != "extra_weekdays"
        }
        weekdays = {SATURDAY} if self.grc_works_saturday else ()
        return Conventions(extra_weekdays=frozenset(weekdays), **choices)

    def _grc_convention_values(self):
        """Return the same choices, as a request keeps them."""
        return conventions_to_values(self._grc_conventions())
