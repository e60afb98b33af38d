"""Contacts, places, numbers, people, drawn at random. Only the rules are imported."""

from decimal import Decimal

from ..rules import geography

LAST_NAMES = ("Martin", "Bernard", "Lefèvre", "N’Diaye", "Le Goff", "Garcia-Ruiz")
FIRST_NAMES = ("Alice", "Chloé", "Jean-Marc", "Zoé", "Mehdi", "Inès", "Anaïs")
COMMUNES = ("57463", "75056", "13055", "59350", "29232", "2A004", "97411")
DEPARTMENTS, COUNTRIES = ("57", "75", "2A", "971"), ("BE", "DE", "PT", "MA")
_SIRET_BODY = "1234567820001"


class SimpleDraw:
    """Draw values on which no condition depends; ``rng`` is ``random.Random``."""

    # === CONTACTS, PLACES === #

    def _email(self, question, path, _more):
        return f"usager{self.rng.randint(1, 999)}@example.com"

    def _phone(self, question, path, _more):
        return f"+3319900{self.rng.randint(0, 9999):04}"

    def _address(self, question, path, _more):
        value = {
            "street": f"{self.rng.randint(1, 99)} rue de la Paix",
            "zip": self.rng.choice(("57000", "75012", "20090")),
            "city": "Ville-Exemple",
        }
        if self.rng.random() < 0.3:
            value["street2"] = "Bâtiment B"
        if question.get("abroad") and self.rng.random() < 0.3:
            value |= {"zip": "1000", "country": "Belgique"}
        return value

    def _commune(self, question, path, _more):
        found = geography.commune(self.rng.choice(COMMUNES))
        return {"code": found.code, "name": found.name}

    def _department(self, question, path, _more):
        found = geography.department(self.rng.choice(DEPARTMENTS))
        return {"code": found.code, "name": found.name}

    def _country(self, question, path, _more):
        found = geography.country(self.rng.choice(COUNTRIES))
        return {"code": found.code, "name": found.name}

    def _point(self, question, path, _more):
        if self.rng.random() < 0.5:
            return {"text": f"Devant le {self.rng.randint(1, 99)} rue de la Paix"}
        sides = {"lat": ("south", "north", 49), "lon": ("west", "east", 6)}
        value = {}
        for part, (low, high, usual) in sides.items():
            low, high = question.get(low, usual), question.get(high, usual)
            middle = (Decimal(str(low)) + Decimal(str(high))) / 2
            value[part] = f"{middle:.5f}"
        return value

    # === NUMBERS THAT AN AUTHORITY GAVE === #

    def _siret(self, question, path, _more):
        return siret()

    def _rna(self, question, path, _more):
        return f"W{self.rng.randint(100000000, 999999999)}"

    def _iban(self, question, path, _more):
        return "FR7630006000011234567890189"

    def _plate(self, question, path, _more):
        return self.rng.choice((f"AB-{self.rng.randint(100, 999)}-CD", "1234 AB 57"))

    def _ants_number(self, question, path, _more):
        return f"AB{self.rng.randint(10000000, 99999999)}"

    def _caf_number(self, question, path, _more):
        return f"{self.rng.randint(1, 9999999):07}"

    def _tax_reference(self, question, path, _more):
        return f"2557A{self.rng.randint(10000000, 99999999)}"

    def _person(self):
        return {
            "last_name": self.rng.choice(LAST_NAMES),
            "first_name": self.rng.choice(FIRST_NAMES),
        }


def siret() -> str:
    """Return a SIRET whose key is right."""
    for digit in "0123456789":
        total = 0
        for rank, char in enumerate(reversed(_SIRET_BODY + digit)):
            number = int(char) * (2 if rank % 2 else 1)
            total += number - 9 if number > 9 else number
        if total % 10 == 0:
            return _SIRET_BODY + digit
    raise AssertionError
