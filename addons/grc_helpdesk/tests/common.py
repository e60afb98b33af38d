from odoo.tests import TransactionCase, new_test_user


class DeskCase(TransactionCase):
    """A small town: a front desk, an ordinary service, a social one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env["base"].with_context(**cls._quiet()).env
        cls.company = cls.env["res.company"].create({"name": "Ville-Exemple"})
        cls.other_company = cls.env["res.company"].create({"name": "Autre-Ville"})
        cls.theme = cls.env["grc.theme"].create({"name": "Vie locale"})
        cls.desk_agent = cls._user("desk", "grc_base.group_grc_desk", cls.company)
        cls.works_agent = cls._user("works", "grc_base.group_grc_agent", cls.company)
        cls.social_agent = cls._user("social", "grc_base.group_grc_agent", cls.company)
        cls.other_agent = cls._user(
            "other", "grc_base.group_grc_desk", cls.other_company
        )
        cls.plain_user = cls._user("plain", "base.group_user", cls.company)
        cls.portal_user = cls._user("portal", "base.group_portal", cls.company)
        cls.front_desk = cls._service("Accueil", cls.desk_agent, is_front_desk=True)
        cls.works = cls._service("Voirie", cls.works_agent)
        cls.social = cls._service("Solidarité", cls.social_agent, data_class="social")
        cls.other_desk = cls._service(
            "Accueil d'à côté",
            cls.other_agent,
            company_id=cls.other_company.id,
            is_front_desk=True,
        )
        cls.report = cls._prestation("TROU", cls.works, nature="report")
        cls.aid = cls._prestation("AIDE", cls.social)
        cls.by_web_only = cls._prestation(
            "WEB",
            cls.works,
            is_open_phone=False,
            is_open_desk=False,
            is_open_letter=False,
        )
        cls.other_report = cls._prestation(
            "TROU2", cls.other_desk, company_id=cls.other_company.id
        )
        cls.citizen = cls.env["res.partner"].create(
            {
                "name": "Louise Garnier",
                "is_grc_citizen": True,
                "email": "louise.garnier@example.com",
                "phone": "01 99 00 12 34",
                "street": "5 rue du Puits",
                "zip": "99000",
                "city": "Ville-Exemple",
            }
        )
        cls.club = cls.env["res.partner"].create(
            {
                "name": "Club de marche",
                "is_grc_citizen": True,
                "is_company": True,
                "grc_kind": "association",
                "grc_rna": "W991000001",
                "grc_birth_name": "Petit",
                "grc_given_names": "Yves Marie",
                "email": "club@example.com",
            }
        )

    @classmethod
    def _quiet(cls):
        return {"no_reset_password": True, "tracking_disable": True}

    @classmethod
    def _user(cls, login, group, company):
        return new_test_user(
            cls.env,
            login=f"grc_{login}",
            groups=group,
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
            email=f"{login}@example.com",
            tz="Europe/Paris",
        )

    @classmethod
    def _service(cls, name, member, **vals):
        return cls.env["grc.service"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "phone": "01 99 00 00 01",
                "email": "service@example.com",
                "member_ids": [(6, 0, member.ids)],
            }
            | vals
        )

    @classmethod
    def _prestation(cls, code, service, **vals):
        return cls.env["grc.prestation"].create(
            {
                "name": f"Prestation {code}",
                "code": code,
                "company_id": cls.company.id,
                "theme_id": cls.theme.id,
                "service_id": service.id,
                "summary": "Une phrase.",
                "state": "published",
            }
            | vals
        )

    def _intake(self, user=None, **vals):
        """Return a contact filled in by ``user``, ready to be recorded."""
        user = user or self.desk_agent
        who = {"requester_lastname": "Garnier", "requester_firstname": "Louise"}
        return (
            self.env["grc.desk.intake"]
            .with_user(user)
            .with_company(user.company_id)
            .create(
                ({} if vals.get("partner_id") else who)
                | {
                    "subject": "Un trou",
                    "description": "Un trou devant le 5 rue du Puits.",
                }
                | vals
            )
        )

    def _request_of(self, intake):
        return self.env["grc.request"].search(
            [("idempotency_key", "=", intake.idempotency_key)]
        )
