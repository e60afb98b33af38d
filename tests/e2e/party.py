"""The prestation that the journeys on forms build, and what they do with it."""

import os

from . import backend

PARTY = "Prêt de matériel pour une fête de quartier"
WHAT, WHEN, PEOPLE = "Nom de la fête", "Date de la fête", "Personnes attendues"
RENAMED = "Nom de l’événement"
MUSIC, KIND = "Y aura-t-il de la musique ?", "Quelle musique ?"
GOODS, THING, COUNT = "Matériel souhaité", "Quel objet ?", "Combien ?"
PLACE = "Où se tient la fête ?"
INSURANCE, PLAN = "Attestation d’assurance", "Plan du lieu"
DOMICILE = "Justificatif de domicile"
RULES = "Règlement municipal du prêt de matériel"


class Party:
    """One run's prestation, who files it, and what she filed."""

    def __init__(self, run_id: str):
        self.code = f"FETE-{run_id}"
        # A database kept has the prestations of earlier runs.
        self.name = f"{PARTY} {run_id}" if os.environ.get("GRC_E2E_KEEP") else PARTY
        self.email = f"fete.{run_id}@example.com"
        # Number of the request filed under each version of the form.
        self.numbers: dict[int, str] = {}


def open_prestation(page, name):
    backend.open_list(page, "/odoo/demandes")
    backend.open_menu(page, "menu_grc_config", "menu_grc_prestation")
    backend.search(page, name)
    backend.open_row(page, name)


def open_builder(page, name):
    open_prestation(page, name)
    backend.press(page, "action_open_form")
    page.wait_for_selector(".o_grc_builder")
    backend.settle(page)


def fill_first_page(page):
    """Fill the first page, with the mouse."""
    page.fill("#f-nom_de_la_fete", "Fête du port")
    for part, text in (("", "21"), ("-month", "6"), ("-year", "2027")):
        page.fill(f"#f-date_de_la_fete{part}", text)
    if page.locator("#f-personnes_attendues").count():
        page.fill("#f-personnes_attendues", "60")
    page.check("#f-y_aura_t_il_de_la_musique-1")
    address = {"": "3 quai Neuf", ".zip": "99000", ".city": "Admiville"}
    for part, text in address.items():
        page.fill(f"[id='f-ou_se_tient_la_fete{part}']", text)
    page.check("[id='f-materiel_souhaite.0.quel_objet-1']")
    page.fill("[id='f-materiel_souhaite.0.combien']", "12")
