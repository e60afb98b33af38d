"""Fields of the filing form, limits and addresses. No logic here."""

# In the order of the form, by kind of citizen.
PERSON_FIELDS = ("requester_lastname", "requester_firstname")
ADDRESS_FIELDS = ("street", "street2", "zip", "city", "country_code")
CONTACT_FIELDS = ("email_used", "reply_email", "phone")
REQUEST_FIELDS = ("subject", "description")
IDENTITY_FIELDS = {
    "person": PERSON_FIELDS,
    "company": ("requester_organization", "requester_siret", *PERSON_FIELDS),
    "association": ("requester_organization", "requester_rna", *PERSON_FIELDS),
}
# Longest text kept of what is typed, so that a form cannot fill the database.
MAX_LENGTH = {"description": 20000, "message": 20000}
DEFAULT_MAX_LENGTH = 250

# A field that people do not see and that only robots fill.
HONEYPOT = "town_website"

DRAFT_DAYS = 7
# How long a form that a citizen signed in has begun is kept after her last change.
DRAFT_DAYS_ACCOUNT = 30
REQUESTS_PER_PAGE = 20
MOST_ASKED = 6
# What a form may weigh beyond its files (texts, separators), in bytes.
FORM_SLACK = 4 * 1024 * 1024
# How much of a sending that is too large is read and thrown away, in bytes, so
# that the browser hears the answer instead of a broken connection.
DRAIN_LIMIT = 256 * 1024 * 1024
# Beyond, PostgreSQL has no such identifier.
MAX_ID = 2**31 - 1

# === MAP === #

# Plan IGN v2 at the Géoplateforme, free and without key (Licence Ouverte 2.0).
MAP_TEMPLATE = (
    "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
    "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png"
    "&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
)
MAP_ATTRIBUTION = "© IGN – Plan IGN"
# Seconds to connect, then to receive everything: three in all.
MAP_TIMEOUT = 1.5
MAP_TILE_LIMIT = 512 * 1024
MAP_CACHE_LIMIT = 256 * 1024 * 1024
# A tile kept is asked again after a month, and shown for longer if nobody answers.
MAP_CACHE_AGE = 30 * 24 * 3600
MAP_BROWSER_AGE = 7 * 24 * 3600
# How long a service that has just failed is left alone, in seconds.
MAP_PAUSE = 30
# Tiles that are not kept yet, by address of the network and minute.
MAP_FLOOD = 300
