"""Where a person lives, seen from the court: the months of distance."""

# The collectivities of CJA art. R421-7: first figures of the postcode.
OVERSEAS_POSTCODES = {
    "971": "FR-971",
    "972": "FR-972",
    "973": "FR-973",
    "974": "FR-974",
    "975": "FR-975",
    "976": "FR-976",
    "977": "FR-977",
    "978": "FR-978",
    "984": "FR-984",
    "986": "FR-986",
    "987": "FR-987",
    "988": "FR-988",
}
# Two collectivities kept a postcode of Guadeloupe.
SHARED_POSTCODES = {"97133": "FR-977", "97150": "FR-978"}
OVERSEAS_COUNTRIES = {
    "GP": "FR-971",
    "MQ": "FR-972",
    "GF": "FR-973",
    "RE": "FR-974",
    "PM": "FR-975",
    "YT": "FR-976",
    "BL": "FR-977",
    "MF": "FR-978",
    "TF": "FR-984",
    "WF": "FR-986",
    "PF": "FR-987",
    "NC": "FR-988",
}
MONACO = "980"
METROPOLE, ABROAD = "metropole", "abroad"


def residence(country_code: str | None, postcode: str | None) -> str | None:
    """Return where an address is, as far as the months of distance tell places apart.

    :param country_code: ISO 3166-1 alpha-2; empty for an address written as in France
    :param postcode: as it was written
    :return: ``metropole``, ``abroad``, the code of an overseas collectivity
        (``FR-972``), or None when the address does not tell

    Source: CJA art. R421-7
    """
    country = (country_code or "").strip().upper()
    if country in OVERSEAS_COUNTRIES:
        return OVERSEAS_COUNTRIES[country]
    if country not in ("", "FR", "FX"):
        return ABROAD
    code = "".join((postcode or "").split())
    if len(code) != 5 or not (code.isascii() and code.isdigit()):
        return None
    if code.startswith(MONACO):
        return ABROAD
    overseas = OVERSEAS_POSTCODES.get(code[:3], METROPOLE)
    return SHARED_POSTCODES.get(code, overseas)


def distance_months(court_territory: str, lives_in: str | None) -> int:
    """Return the months of distance added to the period to seize the court.

    One for whoever lives overseas before a court of metropolitan France, or outside
    the overseas collectivity of the court; two for whoever lives abroad. An address
    that tells nothing adds nothing: an agent who knows better says so.

    :param court_territory: code of the working-day territory of the collectivité;
        its court is in the same overseas collectivity, or in metropolitan France
    :param lives_in: what ``residence`` returns
    :return: 0, 1 or 2 calendar months

    Source: CJA art. R421-7
    """
    if lives_in is None:
        return 0
    if lives_in == ABROAD:
        return 2
    if court_territory in OVERSEAS_COUNTRIES.values():
        return int(lives_in != court_territory)
    return int(lives_in != METROPOLE)
