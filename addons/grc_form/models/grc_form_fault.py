from odoo import models


class GrcFormVersion(models.Model):
    """What an administrator reads of a form that cannot be published."""

    _inherit = "grc.form.version"

    def _fault_text(self, code, params):
        """Return the sentence of a fault of the schema or of a finding of the check.

        :param str code: of ``rules.codes``
        :param dict params: texts, by name
        :rtype: str
        """
        text = (
            self._structure_texts() | self._condition_texts() | self._finding_texts()
        ).get(code)
        return text % self._fault_words(params) if text else f"{code}: {params}"

    def _structure_texts(self):
        return {
            "not_an_object": self.env._("A part of the form has not the right shape."),
            "not_a_list": self.env._("A part of the form should be a list."),
            "format_unknown": self.env._("This format of form is unknown: %(format)s."),
            "key_missing": self.env._("“%(key)s” is missing."),
            "key_unknown": self.env._("“%(key)s” is not known here."),
            "value_wrong": self.env._("“%(key)s” has a value that is not accepted."),
            "code_wrong": self.env._(
                "“%(code)s” is not a code: small letters, digits and _, the first a "
                "letter."
            ),
            "code_twice": self.env._("The code “%(code)s” is used twice."),
            "kind_unknown": self.env._("“%(kind)s” is no kind of line here."),
            "type_unknown": self.env._("“%(type)s” is no type of answer."),
            "no_page": self.env._("The form is empty: add a page and a question."),
            "too_many": self.env._("This is too much for one form: %(max)s at most."),
            "attribute_missing": self.env._("“%(attribute)s” must be filled."),
            "attribute_invalid": self.env._(
                "“%(attribute)s” has a value that is not accepted."
            ),
            "bounds_crossed": self.env._(
                "The upper limit (%(attribute)s) is under the lower one."
            ),
            "condition_in_table": self.env._("A column of a table has no condition."),
            "at_unknown": self.env._(
                "The rule is written beside “%(code)s”, which is not in the form."
            ),
            "html_refused": self.env._(
                "The explanation holds something that is not accepted: %(what)s."
            ),
        }

    def _condition_texts(self):
        return {
            "condition_missing": self.env._("A rule has no condition."),
            "condition_malformed": self.env._("A condition is incomplete."),
            "condition_too_deep": self.env._(
                "A condition has too many levels: %(max)s at most."
            ),
            "condition_operator": self.env._("“%(op)s” is no comparison."),
            "condition_profile": self.env._(
                "“%(key)s” is not known of the citizen's profile."
            ),
            "condition_value": self.env._(
                "The value compared does not go with “%(op)s”."
            ),
            "formula_syntax": self.env._(
                "The formula is not understood at character %(position)s."
            ),
            "formula_function": self.env._("“%(name)s” is no function of formulas."),
            "formula_arguments": self.env._(
                "“%(name)s” has not the right number of values."
            ),
            "formula_too_long": self.env._(
                "The formula is too long: %(longest)s characters at most."
            ),
            "formula_tree": self.env._("The formula is not understood."),
        }

    def _finding_texts(self):
        return {
            "label_missing": self.env._("“%(name)s” has no wording."),
            "title_missing": self.env._("“%(name)s” has no title."),
            "page_empty": self.env._("The page “%(name)s” asks nothing."),
            "block_empty": self.env._("The block “%(name)s” repeats nothing."),
            "image_alt_missing": self.env._(
                "The picture of the explanation “%(name)s” has no words: write what it "
                "shows, for whoever cannot see it, or say that it is decorative."
            ),
            "formula_loop": self.env._("The value “%(name)s” is computed from itself."),
            "source_unknown": self.env._(
                "It depends on “%(source)s”, which is not in the form."
            ),
            "source_unanswered": self.env._(
                "It depends on “%(source)s”, which asks nothing."
            ),
            "source_below": self.env._(
                "It depends on “%(source)s”, which is asked further down."
            ),
            "source_in_rows": self.env._(
                "It depends on “%(source)s”, which is repeated in “%(block)s”."
            ),
            "source_part_unknown": self.env._(
                "The answer to “%(source)s” has no part “%(part)s”."
            ),
            "operator_unsuited": self.env._(
                "The comparison “%(op)s” does not suit “%(source)s”."
            ),
            "value_unknown": self.env._(
                "“%(value)s” is no possible answer to “%(source)s”."
            ),
            "never_shown": self.env._(
                "“%(name)s” is never shown: its condition can never be true."
            ),
            "option_never_shown": self.env._(
                "The option “%(name)s” is never offered: its condition can never be "
                "true."
            ),
            "check_always": self.env._("This check refuses every answer: “%(name)s”."),
            "check_never": self.env._("This check never refuses: “%(name)s”."),
            "stop_always": self.env._("This stop turns everybody away: “%(name)s”."),
            "stop_never": self.env._("This stop turns nobody away: “%(name)s”."),
            "asked_twice": self.env._(
                "“%(name)s” is asked already, under the code “%(other)s”."
            ),
            "piece_twice": self.env._(
                "The document “%(name)s” is asked already, under the code “%(other)s”."
            ),
            "piece_unknown": self.env._(
                "The document “%(name)s” is not in the list of documents "
                "(%(document)s)."
            ),
            "data_unknown": self.env._(
                "“%(name)s” expects data that no service tells: “%(source)s”."
            ),
            "data_unused": self.env._(
                "“%(name)s” expects data of a source that is not in use: put "
                "“%(source)s” in use in “Data sources”, or citizens type."
            ),
            "data_unsuited": self.env._(
                "“%(name)s” cannot hold what the data source tells: choose another "
                "type of answer."
            ),
            "piece_without_basis": self.env._(
                "No text is given that requires the document “%(name)s”."
            ),
            "piece_not_indispensable": self.env._(
                "The document “%(name)s” is not indispensable: it should not be "
                "compulsory."
            ),
            "domicile_refused": self.env._(
                "A person cannot be asked to prove her domicile (“%(name)s”): her word "
                "is enough."
            ),
            "domicile_optional": self.env._(
                "A person needs not prove her domicile: “%(name)s” is better left out."
            ),
            "nir_asked": self.env._(
                "“%(name)s” asks a social security number: a town cannot collect it "
                "here."
            ),
            "privacy_missing": self.env._(
                "The information on personal data lacks: %(what)s."
            ),
            "retention_to_confirm": self.env._(
                "How long the requests are kept is still to be confirmed with the "
                "departmental archives."
            ),
            "retention_missing": self.env._(
                "How long the requests are kept is not said."
            ),
        }
