import logging

from psycopg2 import Error

from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL

from ..rules import errors

_logger = logging.getLogger(__name__)


class GrcIdentityProvider(models.Model):
    """What goes wrong by our settings calls whoever can mend it."""

    _inherit = "grc.identity.provider"

    def _report_incident(self, detail):
        """Remind the administrators of the town, once for each kind of incident.

        Written apart from the present transaction, which may fail; nothing that fails
        here reaches the citizen.

        :param str detail: code of the provider or of a ``Refused``
        """
        self.ensure_one()
        kind = errors.incident_kind(detail)
        try:
            with self.env.registry.cursor() as cr:
                provider = self.with_env(api.Environment(cr, SUPERUSER_ID, {}))
                if provider._is_first_to_report(kind):
                    provider._plan_incident(kind)
        except Error:
            _logger.warning("the reminder of an incident could not be written")

    def _is_first_to_report(self, kind):
        """Two sign-ins that fail at once make one reminder."""
        self.env.cr.execute(
            SQL(
                "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
                f"grc_identity_incident:{self.id}:{kind}",
            )
        )
        return self.env.cr.fetchone()[0] and bool(self.exists())

    def _plan_incident(self, kind):
        users = self.env["res.users"]._grc_managers(self.company_id)

        def words(env):
            name = self.with_env(env).name
            what, to_do = self.with_env(env)._incident_texts()[kind]
            note = env._(
                "%(to_do)s Meanwhile, citizens are told to go on without it.",
                to_do=to_do,
            )
            return f"{name}: {what}", note

        activities = self.env["mail.activity"]
        activities._grc_plan_once(users, f"identity-incident:{self.id}:{kind}", words)

    def _incident_texts(self):
        """Return what happened, and what to do, by kind of incident."""
        env = self.env
        where = env._("Configuration, FranceConnect and other sign-ins")
        what = {
            errors.CLIENT: env._("our identifier or our secret is refused"),
            errors.SCOPE: env._("data that we ask are refused, or do not come"),
            errors.LEVEL: env._("the level that we ask is refused"),
            errors.ADDRESS: env._("our address of return is not declared"),
            errors.SIGNATURE: env._("the signature is not the one expected"),
            errors.DOCUMENT: env._("its addresses or its keys cannot be used"),
            errors.OTHER: env._("our settings are refused"),
        }
        to_do = {
            errors.CLIENT: env._(
                "Type again the identifier and the secret received (%(where)s): they "
                "may have been renewed. Then press “Test the connection”.",
                where=where,
            ),
            errors.SCOPE: env._(
                "Compare “Data asked” with the habilitation (%(where)s): it holds the "
                "names, the gender, the date and the place of birth, and no more than "
                "was granted.",
                where=where,
            ),
            errors.LEVEL: env._(
                "Compare “Level asked” with the habilitation (%(where)s): eidas1 for "
                "FranceConnect.",
                where=where,
            ),
            errors.ADDRESS: env._(
                "Declare to the provider the two addresses shown (%(where)s), letter "
                "for letter.",
                where=where,
            ),
            errors.SIGNATURE: env._(
                "Compare “Signature” with what was chosen when the town was declared "
                "(%(where)s).",
                where=where,
            ),
            errors.DOCUMENT: env._(
                "Check the address of the provider (%(where)s), then press “Test the "
                "connection”: it says what is wrong.",
                where=where,
            ),
            errors.OTHER: env._(
                "Press “Test the connection” (%(where)s): it says what is wrong.",
                where=where,
            ),
        }
        return {kind: (what[kind], to_do[kind]) for kind in what}
