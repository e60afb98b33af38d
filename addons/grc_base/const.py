"""Closed lists and limits of the request. No logic here."""

NATURES = [
    ("request", "Request"),
    ("declaration", "Declaration"),
    ("question", "Question or information"),
    ("complaint", "Complaint"),
    ("appeal", "Administrative appeal"),
    ("report", "Report of a problem"),
    ("document", "Document or answer"),
]
CHANNELS = [
    ("portal", "Website"),
    ("mail", "E-mail"),
    ("phone", "Telephone"),
    ("desk", "Counter"),
    ("letter", "Letter"),
]
# Channels where somebody of the town hall types what a citizen said or wrote.
ASSISTED_CHANNELS = ("phone", "desk", "letter")
STATES = [
    ("received", "Received"),
    ("instruction", "In progress"),
    ("incomplete", "Waiting for the citizen"),
    ("decided", "Decided"),
    ("closed", "Closed"),
]
OPEN_STATES = ("received", "instruction", "incomplete")
OUTCOMES = [
    ("granted", "Granted"),
    ("partial", "Partly granted"),
    ("refused", "Refused"),
    ("answered", "Answered"),
    ("no_further", "No further action"),
    ("redirected", "Redirected"),
]
# An answer to a question, or a request sent elsewhere, decides nothing: the others are
# written down as a signed decision (CRPA, art. L212-1).
DECISION_OUTCOMES = ("granted", "partial", "refused", "no_further")
KINDS = [
    ("person", "Person"),
    ("company", "Company"),
    ("association", "Association"),
]
DATA_CLASSES = [
    ("ordinary", "Ordinary"),
    ("social", "Social"),
    ("school", "School"),
    ("police", "Police"),
]
EVENT_KINDS = [
    ("received", "Request received"),
    ("qualified", "Request directed to the service"),
    ("taken", "Request taken in charge"),
    ("step", "Step changed"),
    ("citizen_message", "Message from the citizen"),
    ("agent_message", "Message from the service"),
    ("oral_answer", "Answer given orally"),
    ("decided", "Decision taken"),
    ("closed", "Request closed"),
    ("reopened", "Request reopened"),
    ("citizen_linked", "Citizen identified"),
    ("delivery_sent", "Message sent"),
    ("delivery_failed", "Message not delivered"),
    ("delivery_elsewhere", "Message sent again to another address"),
    ("document_refused", "File refused"),
    ("file_exported", "Copy of the whole file made"),
    ("file_archived", "Archive copy of the whole file made"),
]
# What a citizen reads in the history of the request; the rest is internal work.
CITIZEN_EVENT_KINDS = (
    "received",
    "qualified",
    "taken",
    "citizen_message",
    "agent_message",
    "oral_answer",
    "decided",
    "closed",
    "reopened",
)

# Who sends, and where the answer goes: what the sender says of herself.
SENDER_FIELDS = (
    "requester_kind",
    "requester_lastname",
    "requester_firstname",
    "requester_organization",
    "requester_siret",
    "requester_rna",
    "email_used",
    "reply_email",
    "phone",
    "street",
    "street2",
    "zip",
    "city",
    "country_code",
    "language",
)

# Facts of a request that only its own methods may write: an agent, an import or
# an automation that writes them directly is refused.
PROTECTED_FIELDS = frozenset(
    (
        "name",
        "company_id",
        "channel",
        "received_at",
        "state",
        "outcome",
        "outcome_reason",
        "decided_at",
        "decided_by_id",
        "closed_at",
        "nature",
        "prestation_id",
        "service_id",
        "circuit_id",
        "description",
        "email_used",
        "filed_by_id",
        "idempotency_key",
        "source_message_id",
        "is_suspect",
        "has_citizen_news",
    )
)

# Accepted by content, whatever the name says. Key: MIME type; value: extension.
ALLOWED_MIMETYPES = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "image/tiff": ".tiff",
    "text/plain": ".txt",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}

# What a person of a household is for the citizen; the rules are in rules/household.py.
HOUSEHOLD_ROLES = [
    ("child", "Child"),
    ("partner", "Spouse or partner"),
    ("dependant", "Other dependant"),
    ("ward", "Person under guardianship"),
    ("relative", "Grandparent or other relative"),
]
