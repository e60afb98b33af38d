from odoo import models


class GrcFormVersion(models.Model):
    """One sentence for each code of the rules: what is wrong, how to write it right."""

    _inherit = "grc.form.version"

    def _problem_text(self, problem):
        """Return what a citizen reads of a problem in an answer.

        :param problem: ``Problem`` of ``rules.types`` or of ``rules.filling``
        :rtype: str
        """
        if problem.code == "refused":
            return problem.params["message"]
        text = self._problem_texts().get(problem.code)
        if text is None:
            return self.env._("This answer is not understood.")
        params = problem.params
        if problem.code == "piece_missing" and not params["label"]:
            # A piece without a wording of its own has the name of its document.
            kind = self._document_type(params["document"])
            params = params | {"label": kind.name or params["document"]}
        return text % params

    def _problem_texts(self):
        """Return the sentences by code; their params are those of ``rules`` codes.

        :rtype: dict[str, str]
        """
        return (
            self._general_texts()
            | self._text_texts()
            | self._number_texts()
            | self._day_texts()
            | self._choice_texts()
            | self._contact_texts()
            | self._place_texts()
            | self._identifier_texts()
            | self._people_texts()
        )

    def _general_texts(self):
        return {
            "required": self.env._("Answer: %(label)s"),
            "piece_missing": self.env._("Join the document: %(label)s"),
            "rows_missing": self.env._("%(label)s: add %(min)s at least."),
            "rows_too_many": self.env._("%(label)s: keep %(max)s at most."),
            "invalid_value": self.env._("This answer is not understood: choose again."),
            "too_few_rows": self.env._("Fill at least %(min)s rows."),
            "too_many_rows": self.env._("Fill at most %(max)s rows."),
            "cell_missing": self.env._("Row %(row)s: fill “%(column)s”."),
            "not_computed": self.env._(
                "This value is computed by the software: it is not typed."
            ),
        }

    def _text_texts(self):
        return {
            "too_long": self.env._("Write at most %(max)s characters."),
            "too_short": self.env._("Write at least %(min)s characters."),
            "digits_only": self.env._("Write digits only, for example %(example)s."),
            "letters_only": self.env._("Write letters only, for example %(example)s."),
            "wrong_pattern": self.env._("Write it this way: %(hint)s"),
            "nir_refused": self.env._(
                "Do not write a social security number: the town hall may not keep it."
            ),
        }

    def _number_texts(self):
        return {
            "not_integer": self.env._(
                "Write a whole number in digits, for example %(example)s."
            ),
            "not_number": self.env._(
                "Write a number in digits, for example %(example)s."
            ),
            "not_amount": self.env._(
                "Write an amount in euros, for example %(example)s."
            ),
            "too_many_digits": self.env._(
                "Write at most %(digits)s digits after the comma, for example "
                "%(example)s."
            ),
            "too_small": self.env._("Write %(min)s or more."),
            "too_large": self.env._("Write %(max)s or less."),
        }

    def _day_texts(self):
        return {
            "not_date": self.env._(
                "Write the day, the month and the year, for example %(example)s."
            ),
            "day_missing": self.env._("Write the day, for example %(example)s."),
            "month_missing": self.env._("Write the month, for example %(example)s."),
            "year_missing": self.env._(
                "Write the year with four digits, for example %(example)s."
            ),
            "day_not_in_month": self.env._(
                "Day %(day)s does not exist: this month has %(last)s days."
            ),
            "month_not_real": self.env._(
                "Write a month from 1 to 12, for example %(example)s."
            ),
            "year_not_real": self.env._(
                "Write the year with four digits, for example %(example)s."
            ),
            "date_too_early": self.env._("Give a day from %(min)s on."),
            "date_too_late": self.env._("Give a day until %(max)s."),
            "not_hour": self.env._(
                "Write the hour and the minutes, for example %(example)s."
            ),
            "hour_missing": self.env._("Write the hour, for example %(example)s."),
            "start_missing": self.env._(
                "Write the hour of the beginning, for example %(example)s."
            ),
            "end_missing": self.env._(
                "Write the hour of the end, for example %(example)s."
            ),
            "end_before_start": self.env._("The end must come after %(start)s."),
        }

    def _choice_texts(self):
        return {
            "unknown_option": self.env._("Choose one of the answers offered."),
            "other_missing": self.env._("Say what “Other” is."),
            "too_few_choices": self.env._("Tick at least %(min)s answers."),
            "too_many_choices": self.env._("Tick at most %(max)s answers."),
            "second_choice_missing": self.env._("Choose in the second list too."),
            "ranking_incomplete": self.env._(
                "Give a rank to each of the %(count)s answers."
            ),
            "ranking_twice": self.env._("Rank %(rank)s is given twice."),
            "not_yes_no": self.env._("Answer yes or no."),
        }

    def _contact_texts(self):
        return {
            "not_email": self.env._(
                "Write an e-mail address, for example %(example)s."
            ),
            "not_phone": self.env._(
                "Write a telephone number, for example %(example)s."
            ),
            "phone_country": self.env._(
                "Write a number of one of these countries: %(countries)s."
            ),
            "street_missing": self.env._("Write the number and the street."),
            "zip_missing": self.env._("Write the postcode."),
            "city_missing": self.env._("Write the town."),
            "not_zip": self.env._(
                "Write a postcode of 5 digits, for example %(example)s."
            ),
        }

    def _place_texts(self):
        return {
            "unknown_commune": self.env._(
                "This commune is not found. Write its name or its postcode, for "
                "example %(example)s."
            ),
            "several_communes": self.env._(
                "Several communes have this name: add the postcode or the department, "
                "for example %(examples)s."
            ),
            "unknown_department": self.env._(
                "This department is not found. Write its name or its number, for "
                "example %(example)s."
            ),
            "unknown_country": self.env._(
                "This country is not found. Write its name in French, for example "
                "%(example)s."
            ),
            "not_coordinates": self.env._(
                "Write the coordinates in degrees, for example %(example)s."
            ),
            "coordinates_incomplete": self.env._(
                "Give the latitude and the longitude, or describe the place."
            ),
            "outside_map": self.env._(
                "This place is outside the territory of the local authority."
            ),
        }

    def _identifier_texts(self):
        return {
            "siret_length": self.env._(
                "A SIRET number has 14 digits, this one %(count)s. Example: "
                "%(example)s."
            ),
            "siret_is_siren": self.env._(
                "This is a SIREN number: add the 5 digits of the establishment, for "
                "example %(example)s."
            ),
            "siret_key": self.env._(
                "This SIRET number does not exist: check its digits."
            ),
            "not_rna": self.env._(
                "An RNA number is the letter W and 9 characters, for example "
                "%(example)s."
            ),
            "iban_length": self.env._(
                "An IBAN of this country has %(expected)s characters, this one "
                "%(count)s."
            ),
            "iban_key": self.env._("This IBAN does not exist: check its characters."),
            "not_iban": self.env._("Write an IBAN, for example %(example)s."),
            "not_plate": self.env._(
                "Write a registration number, for example %(example)s."
            ),
            "not_ants_number": self.env._(
                "Write the number of the pre-application, for example %(example)s."
            ),
            "not_caf_number": self.env._(
                "Write the number of the family allowances office (7 digits, "
                "sometimes a letter), for example %(example)s."
            ),
            "not_tax_reference": self.env._(
                "Write the reference printed on the tax notice, for example "
                "%(example)s."
            ),
        }

    def _people_texts(self):
        return {
            "kind_missing": self.env._("Say who it is."),
            "last_name_missing": self.env._("Write the last name."),
            "first_name_missing": self.env._("Write the first name."),
            "organization_missing": self.env._("Write the name of the organisation."),
            "siret_missing": self.env._("Write the SIRET number."),
            "rna_missing": self.env._("Write the RNA or the SIRET number."),
            "birth_date_missing": self.env._(
                "Write the date of birth, for example %(example)s."
            ),
            "birth_in_future": self.env._("A date of birth is not in the future."),
            "birth_too_old": self.env._("Check the year of birth."),
            "role_missing": self.env._("Say who this person is for you."),
        }
