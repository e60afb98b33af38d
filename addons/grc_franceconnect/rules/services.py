"""The services of API Particulier: what each one tells, and the rights it wants."""

from .form_rules import data
from .holders import MOST_PEOPLE
from .particulier import Particulier

Datum = data.Datum
_plain = data.plain
# In euros: nobody's quotient, nor income, is above.
_MOST_QUOTIENT, _MOST_INCOME = 100_000, 100_000_000


class _Family(Particulier):
    always = ("cnaf_allocataires",)
    has_holders = True


class QuotientFamilial(_Family):
    """Be the quotient familial of the CAF or of the MSA."""

    code, path = "quotient_familial", "/v3/dss/quotient_familial"
    essential = ("fournisseur", "valeur", "mois")
    data = (
        Datum("valeur", "integer"),
        # Written as the value of an option: caf, msa.
        Datum("fournisseur", "text"),
        Datum("mois", "text"),
        Datum("nombre_enfants", "integer"),
        Datum("adresse", "address"),
    )
    scopes_by_datum = {
        "valeur": ("cnaf_quotient_familial",),
        "fournisseur": ("cnaf_quotient_familial",),
        "mois": ("cnaf_quotient_familial",),
        "nombre_enfants": ("cnaf_enfants",),
        "adresse": ("cnaf_adresse",),
    }

    def _told(self, told):
        quotient = told.get("quotient_familial") or {}
        children = told.get("enfants")
        return {
            "valeur": _number(quotient.get("valeur"), _MOST_QUOTIENT),
            "fournisseur": {"CNAF": "caf", "MSA": "msa"}.get(
                _plain(quotient.get("fournisseur"), 10)
            ),
            "mois": _month(quotient.get("annee"), quotient.get("mois")),
            "nombre_enfants": len(children)
            if isinstance(children, list) and len(children) <= MOST_PEOPLE
            else None,
            "adresse": _address(told.get("adresse")),
        }


class ParticipationEaje(_Family):
    """Be what the price of a crèche is computed from.

    Source: CASF, circulaire PSU of the CNAF (participation of families)
    """

    code, path = "participation_eaje", "/v3/dss/participation_familiale_eaje"
    essential = ("ressources", "annee", "enfants_a_charge")
    always = ("cnaf_allocataires", "cnaf_quotient_familial")
    data = (
        Datum("ressources", "amount"),
        Datum("annee", "integer"),
        Datum("enfants_a_charge", "integer"),
        Datum("enfants_handicapes", "integer", True),
    )

    def _told(self, told):
        base = told.get("parametres_calcul_participation_familiale") or {}
        income = base.get("base_ressources_annuelles") or {}
        disabled = base.get("nombre_enfants_beneficiaire_aeeh")
        if disabled is None:
            disabled = base.get("nombre_enfants_beneficiaire_AEEH")
        return {
            "ressources": _amount(income.get("valeur")),
            "annee": _number(income.get("annee_calcul"), 2100),
            "enfants_a_charge": _number(
                base.get("nombre_enfants_a_charge"), MOST_PEOPLE
            ),
            "enfants_handicapes": _number(disabled, MOST_PEOPLE),
        }


class Benefit(Particulier):
    """Be one social benefit: whether she receives it, since when.

    Source: CASF, CSS (RSA, prime d'activité, ASF, AAH, AEEH, CSS)
    """

    essential = ("est_beneficiaire",)
    _names = {
        "est_beneficiaire": "est_beneficiaire",
        "depuis": "date_debut_droit",
        "avec_majoration": "avec_majoration",
        "avec_participation": "avec_participation",
        "jusqu_au": "date_fin_droit",
    }
    _types = {"depuis": "date", "jusqu_au": "date"}

    def __init__(self, code, name, *more):
        self.code, self.path, self.always = code, f"/v3/dss/{name}", (name,)
        codes = ("est_beneficiaire", "depuis", *more)
        self.data = tuple(Datum(c, self._types.get(c, "yes_no"), True) for c in codes)
        if "avec_majoration" in more:
            self.scopes_by_datum = {"avec_majoration": (f"{name}_majoration",)}

    def _told(self, told):
        return {
            datum.code: _flag(told.get(self._names[datum.code]))
            if datum.type == "yes_no"
            else _day(told.get(self._names[datum.code]))
            for datum in self.data
        }


class StatutEtudiant(Particulier):
    """Be whether she is a student today, and where.

    Source: C. éduc. L612-1 (registration); API Particulier, MESRI
    """

    code, path = "statut_etudiant", "/v3/mesri/statut_etudiant"
    essential = ("est_etudiant",)
    always = ("mesri_identite", "mesri_statut", "mesri_admission")
    data = (
        Datum("est_etudiant", "yes_no"),
        Datum("etablissement", "text"),
        Datum("depuis", "date"),
        Datum("jusqu_au", "date"),
    )
    scopes_by_datum = {"etablissement": ("mesri_etablissements",)}

    def _told(self, told):
        admissions = [one for one in told["admissions"][:50] if _is_registered(one)]
        last = max(
            admissions, key=lambda one: _day(one.get("date_fin")) or "", default={}
        )
        school = last.get("etablissement_etudes") or {}
        return {
            "est_etudiant": bool(admissions),
            "etablissement": _plain(school.get("nom")) or None,
            "depuis": _day(last.get("date_debut")),
            "jusqu_au": _day(last.get("date_fin")),
        }


class EtudiantBoursier(Particulier):
    """Be whether she has a scholarship, and at which step.

    Source: C. éduc. L821-1; API Particulier, CNOUS
    """

    code, path = "etudiant_boursier", "/v4/cnous/etudiant_boursier"
    essential = ("est_boursier",)
    always = ("cnous_statut_boursier",)
    data = (
        Datum("est_boursier", "yes_no"),
        Datum("echelon", "text"),
        Datum("etablissement", "text"),
        Datum("depuis", "date"),
    )
    scopes_by_datum = {
        "echelon": ("cnous_echelon_bourse",),
        "etablissement": ("cnous_ville_etudes",),
        "depuis": ("cnous_periode_versement",),
    }

    def _told(self, told):
        school = told.get("etablissement_etudes") or {}
        period = told.get("periode_versement_bourse") or {}
        step = told.get("echelon_bourse")
        step = step.get("echelon") if isinstance(step, dict) else step
        return {
            "est_boursier": _flag(told.get("est_boursier")),
            "echelon": _plain(step, 20) or None,
            "etablissement": _plain(school.get("nom_etablissement")) or None,
            "depuis": _day(period.get("date_rentree")),
        }


SERVICES: tuple[Particulier, ...] = (
    QuotientFamilial(),
    ParticipationEaje(),
    Benefit("rsa", "revenu_solidarite_active", "avec_majoration"),
    Benefit("prime_activite", "prime_activite", "avec_majoration"),
    Benefit("asf", "allocation_soutien_familial"),
    Benefit("aah", "allocation_adulte_handicape", "avec_majoration"),
    Benefit("aeeh", "allocation_enfant_handicape"),
    Benefit("css", "complementaire_sante_solidaire", "avec_participation", "jusqu_au"),
    StatutEtudiant(),
    EtudiantBoursier(),
)


def _number(value, most):
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and 0 <= value <= most else None


def _amount(value):
    if type(value) not in (int, float) or not 0 <= value <= _MOST_INCOME:
        return None
    return data.read_as("amount", {"": f"{value:.2f}"})


def _flag(value):
    return value if isinstance(value, bool) else None


def _day(value):
    parts = _plain(value, 10).split("-")
    if len(parts) != 3:
        return None
    return data.read_as("date", dict(zip(("year", "month", "day"), parts, strict=True)))


def _month(year, month):
    if not _number(year, 2100) or not _number(month, 12):
        return None
    return f"{month:02d}/{year:04d}"


def _address(told):
    if not isinstance(told, dict):
        return None
    place = _plain(told.get("code_postal_ville"), 100)
    code, _space, town = place.partition(" ")
    extras = ("complement_information", "complement_information_geographique")
    more = [_plain(told.get(name), 100) for name in extras]
    street = _plain(told.get("numero_libelle_voie"), 100)
    street = street or _plain(told.get("lieu_dit"), 100)
    raw = {"street": street, "street2": ", ".join(filter(None, more))[:100]}
    return data.read_as("address", raw | {"zip": code, "city": town.strip()})


def _last_day(admission):
    return _day(admission.get("date_fin")) or ""


def _is_registered(admission):
    return isinstance(admission, dict) and admission.get("est_inscrit") is True
