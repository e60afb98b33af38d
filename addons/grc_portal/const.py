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
