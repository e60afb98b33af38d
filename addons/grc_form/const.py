"""Closed lists of the form builder. No logic here."""

# A form may ask many documents: the general limit of a sending holds for each of them.
MOST_FORM_FILES = 100
# What a line of a form is.
FIELD_KINDS = [
    ("page", "Page"),
    ("section", "Section title"),
    ("question", "Question"),
    ("piece", "Document to provide"),
    ("block", "Repeatable block"),
    ("explanation", "Explanation"),
]
# Types of questions, in the order in which an administrator looks for them.
QUESTION_TYPES = [
    ("text", "Short text"),
    ("long_text", "Long text"),
    ("integer", "Whole number"),
    ("decimal", "Decimal number"),
    ("amount", "Amount in euros"),
    ("date", "Date"),
    ("datetime", "Date and time"),
    ("time_range", "Time range"),
    ("yes_no", "Yes or no"),
    ("choice", "Choice of one"),
    ("choices", "Choice of several"),
    ("linked_choice", "Two linked lists"),
    ("ranking", "Ranked choice"),
    ("email", "E-mail address"),
    ("phone", "Telephone number"),
    ("address", "Postal address"),
    ("commune", "French commune"),
    ("department", "French department"),
    ("country", "Country"),
    ("siret", "SIRET number"),
    ("rna", "RNA number"),
    ("iban", "IBAN"),
    ("plate", "Licence plate"),
    ("ants_number", "ANTS pre-application number"),
    ("caf_number", "CAF number"),
    ("tax_reference", "Reference of the tax notice"),
    ("point", "Place on a map"),
    ("identity", "Identity of somebody"),
    ("member", "Child or other member of the household"),
    ("certified", "Statement on one's honour"),
    ("computed", "Computed value"),
    ("table", "Table"),
]
# Types whose lines are made of options.
OPTION_TYPES = ("choice", "choices", "linked_choice", "ranking")
# Types whose options are searched one by one.
SEARCHED_OPTION_TYPES = ("choice", "choices")
VERSION_STATES = [
    ("draft", "Being prepared"),
    ("published", "Published"),
    ("archived", "Replaced"),
]
DOCUMENT_NATURES = [
    ("ordinary", "Ordinary document"),
    ("identity", "Proof of identity"),
    ("proof_of_domicile", "Proof of domicile"),
    ("bank", "Bank details"),
    ("other", "Other"),
]
OFFSET_UNITS = [("days", "days"), ("months", "months"), ("years", "years")]
BOUND_KINDS = [
    ("none", "No limit"),
    ("fixed", "A given day"),
    ("today", "Counted from the day of the answer"),
]
RULE_KINDS = [
    ("check", "Check between answers"),
    ("stop", "Ineligibility"),
]
# Facts of a request that only the intake may write.
FORM_PROTECTED_FIELDS = frozenset(
    (
        "form_version_id",
        "answers",
        "answers_sensitive",
        "snapshot",
        "snapshot_sensitive",
        "snapshot_sha256",
        "corrections",
        "corrections_sensitive",
    )
)

# Where each attribute of a question is kept: type -> {attribute: column}. What has no
# column is kept as it came, in ``extra``.
COLUMNS = {
    "text": {
        "min_length": "min_length",
        "max_length": "max_length",
        "format": "text_format",
        "pattern": "pattern",
        "pattern_hint": "pattern_hint",
    },
    "long_text": {"min_length": "min_length", "max_length": "max_length"},
    "integer": {"unit": "unit"},
    "decimal": {"unit": "unit", "digits": "digits"},
    "choice": {"display": "display", "other": "allow_other"},
    "choices": {"min": "min_count", "max": "max_count", "other": "allow_other"},
    "address": {"abroad": "abroad"},
    "plate": {"abroad": "abroad"},
    "identity": {
        "ask_birth_date": "ask_birth_date",
        "number_required": "number_required",
    },
    "member": {"ask_birth_date": "ask_birth_date"},
    "computed": {
        "formula": "formula",
        "result": "formula_result",
        "digits": "digits",
        "unit": "unit",
    },
    "certified": {"text": "statement"},
    "table": {"min": "min_count", "max": "max_count"},
}
KINDS_OF_IDENTITY = ("person", "company", "association")
# Keys of every question, which are no attribute of its type.
QUESTION_KEYS = frozenset(
    (
        "kind",
        "code",
        "type",
        "label",
        "help",
        "required",
        "sensitive",
        "prefill",
        "visible_if",
    )
)
DATE_TYPES = ("date", "datetime")
# Types whose bounds are typed as text: numbers, and hours.
BOUND_TYPES = ("integer", "decimal", "amount", "time_range")
# Lines that a ready-made block may hold.
SNIPPET_KINDS = ("section", "question", "piece", "block", "explanation")
