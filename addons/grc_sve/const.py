"""Closed lists of the electronic filing. No logic here."""

TERRITORIES = [
    ("FR-MET", "Metropolitan France"),
    ("FR-AM", "Alsace-Moselle"),
    ("FR-AM-GF", "Alsace-Moselle, Good Friday off"),
    ("FR-971", "Guadeloupe"),
    ("FR-972", "Martinique"),
    ("FR-973", "French Guiana"),
    ("FR-974", "Réunion"),
    ("FR-976", "Mayotte"),
    ("FR-977", "Saint-Barthélemy"),
    ("FR-978", "Saint-Martin"),
]
REGIMES = [
    ("sva", "Silence accepts"),
    ("svr", "Silence rejects"),
    ("none", "No silence"),
    ("unknown", "Unknown, to be validated"),
]
START_BASES = [
    ("default", "Reception (CRPA, art. L114-3)"),
    ("competent", "Reception by the competent authority"),
    ("ack_sent", "Sending of the acknowledgement (town planning)"),
]
ELECTRONIC_CHANNELS = ("portal", "mail")

# Facts of the history that the clock of the law reads: kind of the event of a
# request -> kind of the event of the rules.
CLOCK_EVENTS = {
    "aee_sent": "ack_sent",
    "are_sent": "ack_sent",
    "missing_notified": "missing_notified",
    "missing_waived": "missing_waived",
    "missing_extended": "missing_extended",
    "partial_produced": "partial_produced",
    "all_produced": "all_produced",
    "transferred": "transferred",
    "received_by_competent": "received_by_competent",
    "decided": "express_decision",
    "decision_dated": "express_decision",
    "reasons_requested": "reasons_requested",
    "reasons_given": "reasons_given",
}
EVENT_KINDS = [
    ("aee_sent", "Acknowledgement of registration sent"),
    ("are_sent", "Acknowledgement of reception sent"),
    ("missing_notified", "Missing documents asked for"),
    ("partial_produced", "Some of the missing documents received"),
    ("all_produced", "All the missing documents received"),
    ("transferred", "Sent to the competent administration"),
    ("received_by_competent", "Received by the competent administration"),
]

# === MAILBOX === #

MAIL_STATES = [
    ("received", "Waiting"),
    ("request", "Request"),
    ("addition", "Added to its request"),
    ("duplicate", "Already received"),
    ("automatic", "Automatic"),
    ("bounce", "Delivery failure"),
    ("elsewhere", "For another application"),
    ("dropped", "Not kept by another application"),
    ("unroutable", "Without a sender"),
    ("error", "Error"),
]
MAIL_CAUSES = [
    ("alias", "Sent to the address of the service"),
    ("no_alias", "Unknown address: directed to the front desk"),
    ("reference", "Answers a message of the request"),
    ("number", "Names the request, from the address of the citizen"),
    ("other_sender", "Answers a message of the request, from another address"),
    ("other_text", "Sent again with another text"),
    ("same", "The same message was already received"),
    ("auto_reply", "Written by a machine"),
    ("receipt", "Says that a message was opened"),
    ("report", "Says that a message is late or has arrived"),
    ("own_message", "A message of ours that came back"),
    ("bounce", "A message could not be delivered"),
    ("no_sender", "Nobody to answer: no address of a sender"),
    ("own_address", "Sent from an address of ours: no automatic acknowledgement"),
    ("bulk", "Sent to many people: no automatic acknowledgement"),
    ("odd_sender", "Unusual sender: no automatic acknowledgement"),
    ("flood", "Many messages from one sender: no automatic acknowledgement"),
    ("blocked", "Sender blocked by an agent: no automatic acknowledgement"),
    ("other_model", "Its address belongs to another application"),
    ("concurrency", "Will be tried again in a few minutes"),
    ("failure", "Processing failed"),
    ("by_agent", "Request created by an agent"),
]
MAIL_UNSETTLED = ("received", "error", "unroutable", "dropped")
# Never changed once written.
MAIL_FACTS = frozenset(
    (
        "received_at",
        "raw_attachment_id",
        "sha256",
        "size_bytes",
        "email_from",
        "sender_name",
        "email_to",
        "subject",
        "date_header",
        "message_uid",
        "message_key",
        "content_sha256",
    )
)

# === TRANSFERS, RESERVED CHANNELS, ABUSE, APPEALS === #

TRANSFER_DELIVERY_KINDS = [
    ("transfer", "Transfer told to the citizen"),
    ("transmission", "Request sent to the competent administration"),
]
TRANSFER_EVENT_KINDS = [
    ("wrong_channel", "Sent elsewhere than to the reserved online service"),
    ("abusive_qualified", "Sending judged abusive"),
    ("abusive_lifted", "Sending no longer judged abusive"),
    ("appeal_received", "Appeal against the decision received"),
    ("appeal_of", "Appeal linked to the decision it contests"),
    ("appeal_unlinked", "Link between the appeal and the decision undone"),
]
TRANSFER_CITIZEN_EVENT_KINDS = (
    "wrong_channel",
    "appeal_received",
    "appeal_of",
    "appeal_unlinked",
)
ABUSE_GROUNDS = [
    ("number", "Their number"),
    ("repetitive", "They repeat each other"),
    ("systematic", "They are systematic"),
    ("security", "They threaten the security of the information system"),
]

# === MISSING DOCUMENTS === #

MISSING_STATES = [
    ("waiting", "Awaited"),
    ("partial", "Partly received"),
    ("complete", "All received"),
    ("expired", "Not received in time"),
    ("waived", "No longer asked for"),
]
