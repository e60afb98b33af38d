class HouseholdMixin:
    """Léo, declared by ``citizen`` on her word; nothing else."""

    @classmethod
    def _link(cls, adult=None, **vals):
        adult = adult or cls.citizen.partner_id
        return cls.env["grc.household.link"].create(
            {
                "adult_id": adult.id,
                "company_id": cls.town.id,
                "role": "child",
                "last_name": "Martin",
                "first_name": "Léo",
                "birth_date": cls._born(9),
            }
            | cls._ids(vals)
        )

    @classmethod
    def _born(cls, years):
        """Return a day of birth ``years`` and some days ago."""
        today = cls.env["grc.household.link"]._today()
        return f"{today.year - years:04d}-01-01"
