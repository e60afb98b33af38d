"""The codes that the rules of forms give, with the names of their params.

Params are texts. One sentence for each code is in models/grc_form_message.py; those of
a single answer are in ``types/codes.py``.
"""

# What is wrong in a filled form (``filling.problems``).
PROBLEMS: dict[str, tuple[str, ...]] = {
    "required": ("label",),
    "piece_missing": ("label",),
    "rows_missing": ("min", "label"),
    "rows_too_many": ("max", "label"),
    "refused": ("code", "message"),
}
# What is wrong in the structure of a schema (``schema.check_schema``).
FAULTS: dict[str, tuple[str, ...]] = {
    "not_an_object": (),
    "not_a_list": (),
    "format_unknown": ("format",),
    "key_missing": ("key",),
    "key_unknown": ("key",),
    "value_wrong": ("key",),
    "code_wrong": ("code",),
    "code_twice": ("code",),
    "kind_unknown": ("kind",),
    "type_unknown": ("type",),
    "no_page": (),
    "too_many": ("max",),
    "attribute_missing": ("attribute",),
    "attribute_invalid": ("attribute",),
    "bounds_crossed": ("attribute",),
    "condition_in_table": (),
    "at_unknown": ("code",),
    "html_refused": ("what",),
    "condition_missing": (),
    "condition_malformed": (),
    "condition_too_deep": ("max",),
    "condition_operator": ("op",),
    "condition_profile": ("key",),
    "condition_value": ("op",),
    "formula_syntax": ("position",),
    "formula_function": ("name",),
    "formula_arguments": ("name",),
    "formula_too_long": ("longest",),
    "formula_tree": (),
}
# What the check finds before a publication (``linter.lint``).
FINDINGS: dict[str, tuple[str, ...]] = {
    "label_missing": ("name",),
    "title_missing": ("name",),
    "page_empty": ("name",),
    "block_empty": ("name",),
    "formula_loop": ("name",),
    "source_unknown": ("source",),
    "source_unanswered": ("source",),
    "source_below": ("source",),
    "source_in_rows": ("source", "block"),
    "source_part_unknown": ("source", "part"),
    "operator_unsuited": ("source", "op"),
    "value_unknown": ("source", "value"),
    "never_shown": ("name",),
    "option_never_shown": ("name",),
    "check_always": ("name",),
    "check_never": ("name",),
    "stop_always": ("name",),
    "stop_never": ("name",),
    "asked_twice": ("name", "other"),
    "piece_twice": ("name", "other"),
    "piece_unknown": ("name", "document"),
    "piece_without_basis": ("name",),
    "piece_not_indispensable": ("name",),
    "domicile_refused": ("name",),
    "domicile_optional": ("name",),
    "nir_asked": ("name",),
    "privacy_missing": ("what",),
    "retention_missing": (),
    "retention_to_confirm": (),
}
