from odoo import api, models, tools


class GrcFormVersion(models.Model):
    """What a question is made of, in words: labels of parts, hints of types."""

    _inherit = "grc.form.version"

    @api.model
    @tools.ormcache("self.env.lang")
    def _kept_form_words(self):
        """Return the words of ``_form_words``, to be read and not changed."""
        return self._form_words()

    @api.model
    def _form_words(self):
        """Return the labels of what a question is made of.

        :return: ``choose``, ``optional``, ``error``, ``known``, ``search`` (see
            ``rules.input_html``), ``hints`` by type of question, ``parts`` by part,
            ``answers`` by value, ``replaced`` (the labels that types give, which
            ``answers`` replaces)
        :rtype: dict
        """
        return {
            "choose": self.env._("Choose"),
            "optional": self.env._("(optional)"),
            "error": self.env._("Error:"),
            "known": self.env._("Filled with what we know: check it."),
            "search": self.env._("Search"),
            "hints": self._type_hints(),
            "parts": self._part_labels(),
            "answers": {
                "yes": self.env._("Yes"),
                "no": self.env._("No"),
                "__other": self.env._("Other"),
                "person": self.env._("A person"),
                "company": self.env._("A company"),
                "association": self.env._("An association"),
            },
            "replaced": frozenset(
                ("Oui", "Non", "Autre", "person", "company", "association")
            ),
        }

    @api.model
    def _part_labels(self):
        return {
            "street": self.env._("Number and street"),
            "street2": self.env._("Building, floor"),
            "zip": self.env._("Postcode"),
            "city": self.env._("Town"),
            "country": self.env._("Country"),
            "start": self.env._("From"),
            "end": self.env._("To"),
            "date": self.env._("Day"),
            "day": self.env._("Day"),
            "month": self.env._("Month"),
            "year": self.env._("Year"),
            "time": self.env._("Hour"),
            "kind": self.env._("Who is it?"),
            "role": self.env._("Who is this person?"),
            "last_name": self.env._("Last name"),
            "first_name": self.env._("First name"),
            "birth_date": self.env._("Date of birth"),
            "organization": self.env._("Name of the company or of the association"),
            "siret": self.env._("SIRET number"),
            "rna": self.env._("RNA number of the association"),
            "text": self.env._("Describe the place"),
            "lat": self.env._("Latitude"),
            "lon": self.env._("Longitude"),
            "other": self.env._("Specify"),
            "first": self.env._("First choice"),
            "second": self.env._("Then"),
        }

    @api.model
    def _type_hints(self):
        """Return how to answer, by type: for questions whose form says nothing."""
        return {
            "date": self.env._("For example 27 3 2027"),
            "datetime": self.env._("For example 27 3 2027, at 08:30"),
            "amount": self.env._("In euros, for example 12,50"),
            "siret": self.env._("14 digits, for example 732 829 320 00074"),
            "rna": self.env._("The letter W and 9 characters, for example W751234567"),
            "email": self.env._("For example name@example.com"),
            "phone": self.env._("For example 06 12 34 56 78"),
            "commune": self.env._("Name or postcode, for example Metz (57000)"),
            "iban": self.env._("It stands on your bank details slip (RIB)"),
            "ranking": self.env._("1 is what you prefer"),
            "choices": self.env._("Several answers are possible"),
            "point": self.env._(
                "Address, crossroads, landmark: whatever leads us to the right place"
            ),
        }
