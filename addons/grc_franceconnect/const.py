"""Closed lists and limits of the sign-in. No logic here."""

PURPOSES = [
    ("sign_in", "Sign in"),
    ("link", "Link an account"),
    ("confirm", "Confirm who is there"),
    ("data", "Fetch data"),
    ("logout", "Sign out"),
    ("proof", "Prove an account"),
    ("proof_link", "Prove an account by a message"),
]
# What leaves for the provider, and comes back by the browser.
ROUND_TRIPS = ("sign_in", "link", "confirm", "data")
MAX_PENDING = 5
MAX_STARTS_PER_MINUTE = 60
PENDING_MINUTES = 10
PROOF_ATTEMPTS = 5
FRESH_SECONDS = 300
MIN_PASSWORD = 12
IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 8 * 60 * 60
SEEN_EVERY_SECONDS = 60

CALL_SECONDS = 5
MAX_DOCUMENT_BYTES = 128_000
MAX_TOKEN_BYTES = 200_000
MAX_CASES = 5

LOGIN_PREFIX = "fc-"
CREDENTIAL = "grc_identity"

ASSURANCES = [
    ("active", "In use"),
    ("waiting", "Waiting for an agent"),
    ("ended", "Ended"),
]
END_REASONS = [
    ("citizen", "Unlinked by the citizen"),
    ("agent", "Unlinked by an agent"),
    ("civil_status", "Civil status changed"),
    ("apart", "Kept apart by an agent"),
    ("merged", "Citizens merged"),
    ("usurped", "Identity usurped"),
    ("deceased", "Citizen deceased"),
    ("lost", "Account lost"),
    ("asked", "Asked by the citizen"),
    ("error", "Linked by error"),
]
# Facts of a citizen that FranceConnect certifies.
CERTIFIED_FIELDS = (
    "grc_birth_name",
    "grc_given_names",
    "grc_gender",
    "grc_birth_date",
    "grc_birth_place_code",
    "grc_birth_country_code",
)

# === DATA OF OTHER ADMINISTRATIONS === #

# The token of the citizen lives 60 seconds.
DATA_SECONDS = 10.0
CONSENT_STATES = [
    ("given", "Agreed"),
    ("refused", "Did not agree"),
    ("withdrawn", "Withdrawn before sending"),
]
OUTCOMES = [
    ("obtained", "Obtained"),
    ("not_found", "No file"),
    ("unavailable", "Service down"),
    ("refused", "Refused to us"),
    ("expired", "Sign-in too old"),
    ("other_people", "File of somebody else"),
    ("left", "Left FranceConnect"),
]
# Why a data service gave nothing -> what came, for the trace and the page.
OUTCOME_OF = {
    "not_found": "not_found",
    "expired": "expired",
    "refused": "refused",
    "misconfigured": "refused",
    "unavailable": "unavailable",
    "busy": "unavailable",
    "too_many": "unavailable",
    "malformed": "unavailable",
}
