"""The codes of what can be wrong in an answer, with the names of their params.

Params are texts, ready to be printed. One sentence for each code is elsewhere:
models/grc_form_message.py.
"""

CODES: dict[str, tuple[str, ...]] = {
    # any type
    "invalid_value": (),
    "too_long": ("max",),
    "too_short": ("min",),
    # texts
    "digits_only": ("example",),
    "letters_only": ("example",),
    "wrong_pattern": ("hint",),
    "nir_refused": (),
    # numbers
    "not_integer": ("example",),
    "not_number": ("example",),
    "not_amount": ("example",),
    "too_many_digits": ("digits", "example"),
    "too_small": ("min",),
    "too_large": ("max",),
    # days and hours
    "not_date": ("example",),
    "day_missing": ("example",),
    "month_missing": ("example",),
    "year_missing": ("example",),
    "day_not_in_month": ("day", "month", "last"),
    "month_not_real": ("example",),
    "year_not_real": ("example",),
    "date_too_early": ("min",),
    "date_too_late": ("max",),
    "not_hour": ("example",),
    "hour_missing": ("example",),
    "start_missing": ("example",),
    "end_missing": ("example",),
    "end_before_start": ("start",),
    # choices
    "unknown_option": (),
    "other_missing": (),
    "too_few_choices": ("min",),
    "too_many_choices": ("max",),
    "second_choice_missing": (),
    "ranking_incomplete": ("count",),
    "ranking_twice": ("rank",),
    "not_yes_no": (),
    # contacts
    "not_email": ("example",),
    "not_phone": ("example",),
    "phone_country": ("countries",),
    "street_missing": (),
    "zip_missing": (),
    "city_missing": (),
    "not_zip": ("example",),
    # places
    "unknown_commune": ("example",),
    "several_communes": ("examples",),
    "unknown_department": ("example",),
    "unknown_country": ("example",),
    "not_coordinates": ("example",),
    "coordinates_incomplete": (),
    "outside_map": (),
    # identifiers
    "siret_length": ("count", "example"),
    "siret_is_siren": ("example",),
    "siret_key": (),
    "not_rna": ("example",),
    "iban_length": ("count", "expected"),
    "iban_key": (),
    "not_iban": ("example",),
    "not_plate": ("example",),
    "not_ants_number": ("example",),
    "not_caf_number": ("example",),
    "not_tax_reference": ("example",),
    # people
    "kind_missing": (),
    "last_name_missing": (),
    "first_name_missing": (),
    "organization_missing": (),
    "siret_missing": (),
    "rna_missing": (),
    "birth_date_missing": ("example",),
    "birth_in_future": (),
    "birth_too_old": (),
    "role_missing": (),
    # tables
    "too_few_rows": ("min",),
    "too_many_rows": ("max",),
    "cell_missing": ("column", "row"),
    "not_computed": (),
}
