"""API Particulier v3 with the citizen's token: what its services have in common.

An answer holds a whole household: only the data that a service lists are read, and the
holders of the file to be compared with the citizen. The services: ``services.py``.
"""

from .form_rules import data
from .holders import MOST_PEOPLE, Person, person

BASE_URL = "https://particulier.api.gouv.fr"
# What a service says of itself, when it has no file of the citizen.
_NO_FILE = "003"


class Particulier(data.Connector):
    """Be one service of API Particulier, called with a FranceConnect token.

    ``scopes_by_datum``: what FranceConnect must grant for each datum; ``always``: for
    any of them; ``essential``: data without which they prove nothing.

    Source: API Particulier v3, OpenAPI (modality FranceConnect)
    """

    base_url = BASE_URL
    needs_token = True
    is_ready = True
    path = ""
    scopes_by_datum: dict[str, tuple[str, ...]] = {}
    always: tuple[str, ...] = ()
    essential: tuple[str, ...] = ()
    has_holders = False

    def scopes_for(self, codes) -> tuple[str, ...]:
        """Return the scopes that some data want, and no other.

        :param codes: of data of this connector

        Source: RGPD art. 5 (data minimisation)
        """
        asked = [*self.always]
        for code in codes:
            asked += self.scopes_by_datum.get(code, ())
        return tuple(dict.fromkeys(asked))

    def ask(self, key: str, settings):
        """Return what to ask: the token says of whom, nothing else does.

        Source: API Particulier v3: ``recipient``, SIRET of the administration
        """
        return data.Ask(
            f"{self.path}/france_connect", {"recipient": settings.recipient}
        )

    def holders(self, body: bytes) -> tuple[Person, ...] | None:
        """Return who the file is of; None when the service does not say.

        :param body: of an answer 200
        :raise DataError: ``malformed``

        Source: RGPD art. 5 (accuracy)
        """
        if not self.has_holders:
            return None
        try:
            people = data.parsed(body)["data"]["allocataires"][:MOST_PEOPLE]
            return tuple(person(told) for told in people)
        except (AttributeError, LookupError, TypeError):
            raise data.DataError("malformed") from None

    def _error_code(self, status, body):
        if status == 401:
            return "expired"
        if status in (400, 403, 422) or 300 <= status < 400:
            return "misconfigured"
        if status == 404:
            return (
                "not_found" if _first_code(body).endswith(_NO_FILE) else "unavailable"
            )
        return super()._error_code(status, body)

    def _values(self, answer, key):
        return self._told(answer["data"])

    def _told(self, told):
        raise NotImplementedError


def _first_code(body) -> str:
    """Return the code of the first error of an answer, "" when there is none."""
    try:
        code = data.parsed(body)["errors"][0]["code"]
    except (data.DataError, LookupError, TypeError):
        return ""
    return code if isinstance(code, str) and len(code) <= 10 else ""
