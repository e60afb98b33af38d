from odoo import Command
from odoo.tests import TransactionCase, new_test_user, tagged

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
DECLARED = {
    "subject": "A tree to cut",
    "description": "The tree in front of my house is dead.",
    "requester_kind": "person",
    "requester_lastname": "Martin",
    "requester_firstname": "Alice",
    "email_used": "alice.martin@example.com",
    "phone": "01 99 00 12 34",
    "street": "5 rue du Puits",
    "zip": "99000",
    "city": "Ville-Exemple",
    "language": "en_US",
}


@tagged("post_install", "-at_install")
class GrcCommon(TransactionCase):
    """A town with its people, its neighbour, and a request filed in one line.

    Services: ``service`` (A) with ``attached`` (A2) under it, ``other_service`` (B),
    ``social_service`` (files of social aid), ``desk_service`` (front desk), and
    ``far_service`` of the neighbour. Each has a published prestation: ``prestation``,
    ``attached_prestation``, ``other_prestation``, ``social_prestation``,
    ``far_prestation``. The tags are inherited.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A town speaks French only; tests read the sources.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(
            context=cls.env.context
            | {
                "lang": "en_US",
                "tz": "Europe/Paris",
                "no_reset_password": True,
                "tracking_disable": True,
            }
        )
        cls.town = cls._town("Ville-Exemple")
        cls.far_town = cls._town("Autre-Ville")
        cls.theme = cls.env["grc.theme"].create({"name": "Local life"})
        cls._create_people()
        cls._create_services()
        cls._create_catalogue()
        cls.env = cls.env(
            context=cls.env.context | {"allowed_company_ids": cls.town.ids}
        )

    @classmethod
    def _create_people(cls):
        agent, head = "grc_base.group_grc_agent", "grc_base.group_grc_head"
        cls.citizen = cls._user("citizen", "base.group_portal")
        cls.other_citizen = cls._user("other_citizen", "base.group_portal")
        cls.public = cls.env.ref("base.public_user")
        cls.plain_user = cls._user("plain_user", "base.group_user")
        cls.agent = cls._user("agent", agent)
        cls.other_agent = cls._user("other_agent", agent)
        cls.attached_agent = cls._user("attached_agent", agent)
        cls.social_agent = cls._user("social_agent", agent)
        cls.service_head = cls._user("service_head", head)
        cls.manager = cls._user("manager", "grc_base.group_grc_manager")
        cls.desk_agent = cls._user("desk_agent", "grc_base.group_grc_desk")
        cls.other_company_agent = cls._user("far_agent", agent, cls.far_town)
        (cls.citizen | cls.other_citizen).partner_id.is_grc_citizen = True

    @classmethod
    def _create_services(cls):
        cls.service = cls._service("Green spaces", cls.agent, head_id=cls.service_head)
        cls.attached = cls._service(
            "Tree nursery", cls.attached_agent, parent_id=cls.service
        )
        cls.other_service = cls._service("Culture", cls.other_agent)
        cls.social_service = cls._service(
            "Social aid", cls.social_agent, data_class="social"
        )
        cls.desk_service = cls._service(
            "Front desk", cls.desk_agent, is_front_desk=True
        )
        cls.far_service = cls._service(
            "Far service",
            cls.other_company_agent,
            company_id=cls.far_town,
            is_front_desk=True,
        )

    @classmethod
    def _create_catalogue(cls):
        cls.prestation = cls._prestation("TREE", cls.service)
        cls.attached_prestation = cls._prestation("NURSERY", cls.attached)
        cls.other_prestation = cls._prestation("STAGE", cls.other_service)
        cls.social_prestation = cls._prestation("AID", cls.social_service)
        cls.far_prestation = cls._prestation("FAR", cls.far_service)

    @classmethod
    def _town(cls, name, **vals):
        town = cls.env["res.company"].create(
            {"name": name, "street": "1 place de la Mairie", "zip": "99000"}
            | {"city": name, "email": "mairie@example.com"}
            | vals
        )
        town.partner_id.lang = "en_US"
        return town

    @classmethod
    def _user(cls, login, groups, company=None):
        company = company or cls.town
        return new_test_user(
            cls.env,
            login=f"grc_{login}",
            name=login.replace("_", " ").capitalize(),
            groups=groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            email=f"{login}@example.com",
            lang="en_US",
            tz="Europe/Paris",
        )

    @classmethod
    def _ids(cls, vals):
        """Let records stand for their ids in the values of a test."""
        return {
            name: value.id if hasattr(value, "_name") else value
            for name, value in vals.items()
        }

    @classmethod
    def _service(cls, name, member, **vals):
        return cls.env["grc.service"].create(
            {
                "name": name,
                "company_id": cls.town.id,
                "street": "12 rue de la Paix",
                "zip": "99000",
                "city": "Ville-Exemple",
                "phone": "01 99 00 00 01",
                "email": f"{name.lower().replace(' ', '.')}@example.com",
                "member_ids": [Command.set(member.ids)],
            }
            | cls._ids(vals)
        )

    @classmethod
    def _prestation_vals(cls):
        """Hook: what another addon wants of a published prestation."""
        vals = {}
        if "silence_regime" in cls.env["grc.prestation"]._fields:
            # Without silence nothing depends on the settings of the court.
            vals |= {"silence_regime": "none"}
        return vals

    @classmethod
    def _prestation(cls, code, service, **vals):
        return cls.env["grc.prestation"].create(
            {
                "name": f"Prestation {code}",
                "code": code,
                "company_id": service.company_id.id,
                "theme_id": cls.theme.id,
                "service_id": service.id,
                "summary": "One sentence.",
                "for_company": True,
                "for_association": True,
                "state": "published",
            }
            | cls._prestation_vals()
            | cls._ids(vals)
        )

    @classmethod
    def _file(cls, prestation=None, channel="portal", files=(), key=None, **vals):
        """Return a request filed by Alice Martin; ``vals`` change what she says.

        :param prestation: ``prestation`` when not given, False for none
        """
        if prestation is None:
            prestation = cls.prestation
        if prestation:
            vals["prestation_id"] = prestation.id
        return cls.env["grc.request"]._intake(
            DECLARED | cls._ids(vals), channel, files=files, idempotency_key=key
        )

    @classmethod
    def _as(cls, record, user):
        """Return ``record`` as ``user`` meets it, in the town of that user."""
        return record.with_user(user).with_context(
            allowed_company_ids=user.company_id.ids
        )

    def _decide(self, request, outcome="granted", user=None, close=False):
        """Decide ``request`` as the agent of its service would."""
        request = self._as(request, user or request.service_id.member_ids[:1])
        request._decide(outcome, "Because of the rule.", "Here is our answer.")
        if close:
            request.action_close()
        return request

    def _events(self, request, *kinds):
        """Return the history of ``request``, the oldest first, as kinds."""
        events = request.event_ids.sorted("sequence")
        return [kind for kind in events.mapped("kind") if not kinds or kind in kinds]

    def _written(self, request):
        """Return what people wrote to the citizen: no acknowledgement."""
        return request.delivery_ids.filtered(
            lambda delivery: delivery.kind in ("message", "decision")
        ).sorted("id")
