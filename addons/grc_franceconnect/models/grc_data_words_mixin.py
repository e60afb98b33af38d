from odoo import api, models


class GrcDataWordsMixin(models.AbstractModel):
    _inherit = "grc.data.words.mixin"

    @api.model
    def _connector_texts(self):
        return super()._connector_texts() | {
            "quotient_familial": self.env._("Quotient familial (CAF or MSA)"),
            "participation_eaje": self.env._("Price of the nursery (CAF or MSA)"),
            "rsa": self.env._("RSA benefit"),
            "prime_activite": self.env._("In-work benefit"),
            "asf": self.env._("Family support benefit (ASF)"),
            "aah": self.env._("Benefit of disabled adults (AAH)"),
            "aeeh": self.env._("Benefit of disabled children (AEEH)"),
            "css": self.env._("Complementary health cover (CSS)"),
            "statut_etudiant": self.env._("Student status"),
            "etudiant_boursier": self.env._("Scholarship (Crous)"),
            "dgfip": self.env._("Income tax (DGFiP): contract to be filled in"),
        }

    @api.model
    def _datum_texts(self):
        texts = {
            "quotient_familial.valeur": self.env._("Quotient familial"),
            "quotient_familial.fournisseur": self.env._("Body that computes it"),
            "quotient_familial.mois": self.env._("Month of the quotient familial"),
            "quotient_familial.nombre_enfants": self.env._("Number of children"),
            "quotient_familial.adresse": self.env._("Address known to the CAF or MSA"),
            "participation_eaje.ressources": self.env._(
                "Yearly income taken in account"
            ),
            "participation_eaje.annee": self.env._("Year of this income"),
            "participation_eaje.enfants_a_charge": self.env._("Dependent children"),
            "participation_eaje.enfants_handicapes": self.env._(
                "Children with the AEEH benefit"
            ),
            "statut_etudiant.est_etudiant": self.env._("Student this year"),
            "statut_etudiant.etablissement": self.env._("School or university"),
            "statut_etudiant.depuis": self.env._("Registered from"),
            "statut_etudiant.jusqu_au": self.env._("Registered until"),
            "etudiant_boursier.est_boursier": self.env._("Has a scholarship"),
            "etudiant_boursier.echelon": self.env._("Step of the scholarship"),
            "etudiant_boursier.etablissement": self.env._("School or university"),
            "etudiant_boursier.depuis": self.env._("Start of the school year"),
        }
        benefits = {
            "est_beneficiaire": self.env._("Receives it"),
            "depuis": self.env._("Right open since"),
            "avec_majoration": self.env._("With an increase"),
            "avec_participation": self.env._("With a share to pay"),
            "jusqu_au": self.env._("Right open until"),
        }
        names = self._connector_texts()
        for code in ("rsa", "prime_activite", "asf", "aah", "aeeh", "css"):
            texts |= {
                f"{code}.{datum}": f"{names[code]} – {text}"
                for datum, text in benefits.items()
            }
        return super()._datum_texts() | texts

    @api.model
    def _told_text(self, connector, datum, value, company):
        """Return a value told by API Particulier as people read it.

        :param Datum datum: of ``connector``
        """
        if (connector, datum.code) == ("quotient_familial", "fournisseur"):
            return value.upper()
        text = self._value_text(datum.type, value, company)
        has_euros = (connector, datum.code) == ("quotient_familial", "valeur")
        return f"{text}\u00a0€" if has_euros else text
