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
    "partial_produced": "partial_produced",
    "all_produced": "all_produced",
    "transferred": "transferred",
    "received_by_competent": "received_by_competent",
    "decided": "express_decision",
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
