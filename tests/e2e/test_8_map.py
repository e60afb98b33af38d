"""A place shown on a map of the town, that words say as well."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from . import backend
from .checks import PHONE
from .keyboard import Keyboard
from .people import ADMINISTRATOR
from .portal import fill, identity, open_form, proceed, send

PRESTATION = "Arrêté de circulation ou de stationnement"
PLACE = "[data-grc-item='lieu']"
CANVAS = f"{PLACE} .o_grc_map_canvas"
STATUS = f"{PLACE} .o_grc_map_status"
# The mouse of the test: two hundred pixels are two streets.
SPOT = {"x": 120, "y": 90}


@pytest.fixture(scope="module")
def town_map(people, simulator, check):
    """Set the map of the town on its screen: the tiles are those of the simulator."""
    page = people.open(ADMINISTRATOR)
    _open_authority(page)
    backend.fill(
        page, "grc_map_template", f"{simulator.url}/tuiles/{{z}}/{{x}}/{{y}}.png"
    )
    backend.fill(page, "grc_map_latitude", "48,1")
    backend.fill(page, "grc_map_longitude", "-1,6")
    page.locator(".o_form_button_save").first.click()
    backend.settle(page)
    page.click("button[name=action_grc_test_map]:visible")
    expect(page.locator(".o_notification")).to_contain_text("La carte répond")
    ours = ".o_inner_group:has([name='grc_map_template'])"
    check.backend(page, "carte-reglages", within=ours)
    people.go_home()
    return simulator


def _open_authority(page: Page) -> None:
    backend.open_list(page, "/odoo/demandes")
    backend.open_menu(page, "menu_grc_config", "menu_grc_authority")
    if page.locator(".o_list_view").count():
        page.locator(".o_data_row .o_data_cell").first.click()
    page.wait_for_selector(".o_form_view")
    backend.settle(page)


def _asked(page: Page) -> list[str]:
    """Return the addresses that the page asks for from now on."""
    asked = []
    page.on("request", lambda call: asked.append(call.url))
    return asked


def _to_the_place(page: Page, email: str) -> None:
    open_form(page, PRESTATION)
    fill(page, identity(email))
    page.click("#grc-continue")
    page.goto(page.url.replace("page_mesure", "page_lieu"))
    expect(page.locator(f"{PLACE} textarea")).to_be_visible()


def _kept(page: Page) -> tuple[str, str]:
    return tuple(page.input_value(f"[name='lieu.{part}']") for part in ("lat", "lon"))


def _near(page: Page, latitude: float) -> bool:
    """Tell whether the pin is there, on the meridian of the centre: a pixel is 6 m."""
    lat, lon = map(float, _kept(page))
    return abs(lat - latitude) < 0.0002 and abs(lon + 1.6) < 0.0002


def test_place_with_the_keyboard_on_a_phone(people, check, town_map, run_id):
    page = people.open()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    asked, keys = _asked(page), Keyboard(page)
    _to_the_place(page, f"carte.{run_id}@example.com")
    expect(page.locator(STATUS)).to_have_text("Aucun repère sur la carte.")
    expect(page.locator(f"{CANVAS} img.leaflet-tile-loaded").first).to_be_visible()
    keys.to(CANVAS)
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_contain_text("au centre de la commune")
    assert _near(page, 48.1)
    for _step in range(3):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("+")
    keys.to(f"{PLACE} [data-map-do=place]")
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_contain_text("au nord du centre de la commune")
    assert not _near(page, 48.1)
    assert float(_kept(page)[0]) > 48.1
    check.page(page, "carte-repere")
    keys.to(f"{PLACE} [data-map-do=remove]")
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_have_text("Le repère est retiré.")
    expect(page.locator(f"{PLACE} [data-map-do=place]")).to_be_focused()
    assert _kept(page) == ("", "")
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert hosts == {urlsplit(people.url).netloc}, hosts
    assert any("/demarches/carte/" in url for url in asked)


def test_place_with_the_mouse_outside_and_back(people, town_map, run_id):
    page = people.open()
    _to_the_place(page, f"souris.{run_id}@example.com")
    expect(page.locator(STATUS)).to_be_visible()
    page.locator(CANVAS).click(position=SPOT)
    first = _kept(page)
    assert all(first)
    page.locator(f"{PLACE} .o_grc_map_pin").drag_to(
        page.locator(CANVAS), target_position={"x": 400, "y": 250}
    )
    expect(page.locator(STATUS)).to_contain_text("Repère placé")
    assert _kept(page) != first
    for _step in range(4):
        page.locator(f"{PLACE} .leaflet-control-zoom-out").click()
    outside = page.locator(f"{PLACE} .o_grc_map_outside")
    expect(outside).to_be_empty()
    page.locator(CANVAS).click(position={"x": 60, "y": 200})
    expect(outside).to_contain_text("hors de la commune")
    page.click("#grc-continue")
    # A warning, not a refusal: only the other questions are missing.
    expect(page.locator("#error-summary a[href='#f-lieu']")).to_have_count(0)
    expect(page.locator(f"{PLACE} .o_grc_map_pin")).to_be_visible()


def test_my_position_is_asked_only_when_it_is_pressed(people, town_map, run_id):
    page = people.open()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 48.103, "longitude": -1.6})
    page.add_init_script(
        "const ask = navigator.geolocation.getCurrentPosition;"
        "window.timesAsked = 0;"
        "navigator.geolocation.getCurrentPosition = function (...args) {"
        "  window.timesAsked += 1; return ask.apply(navigator.geolocation, args); };"
    )
    _to_the_place(page, f"position.{run_id}@example.com")
    expect(page.locator(STATUS)).to_be_visible()
    assert page.evaluate("window.timesAsked") == 0
    page.click(f"{PLACE} [data-map-do=locate]")
    expect(page.locator(STATUS)).to_contain_text("au nord du centre")
    assert _kept(page) == ("48.10300", "-1.60000")


def test_address_is_looked_for_on_the_map(people, check, town_map, run_id):
    page = people.open()
    keys = Keyboard(page)
    lilacs = {"label": "12 rue des Lilas 99000 Admiville", "lat": "48.102"}
    page.route(
        "**/demarches/adresses?*",
        lambda call: call.fulfill(json=[lilacs | {"lon": "-1.598"}]),
    )
    _to_the_place(page, f"adresse.{run_id}@example.com")
    expect(page.locator(STATUS)).to_be_visible()
    keys.type(f"{PLACE} .o_grc_map_search input", "12 rue des Lil")
    expect(page.locator(f"{PLACE} .o_grc_suggestions li")).to_have_count(1)
    expect(page.locator(STATUS)).to_contain_text("Des adresses sont proposées")
    check.page(page, "carte-adresse")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_contain_text("Repère placé")
    assert _kept(page) == ("48.10200", "-1.59800")
    expect(page.locator(f"{PLACE} textarea")).to_have_value(lilacs["label"])
    expect(page.locator("#grc-form-page")).to_be_visible()


def test_without_javascript_words_are_asked(people, town_map, run_id):
    page = people.open(javascript=False)
    _to_the_place(page, f"mots.{run_id}@example.com")
    expect(page.locator(".o_grc_map")).to_have_count(0)
    page.fill(f"{PLACE} textarea", "Devant l’école, côté pair")
    page.click("#grc-continue")
    expect(page.locator("#error-summary a[href='#f-lieu']")).to_have_count(0)


def test_a_page_without_a_place_has_no_map(people, town_map, run_id):
    page = people.open()
    asked = _asked(page)
    open_form(page, PRESTATION)
    fill(page, identity(f"aucune.{run_id}@example.com"))
    page.click("#grc-continue")
    expect(page.locator("#grc-form-page")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if re.search("leaflet|assets_map|/carte/", url)]


def _file(page: Page) -> str:
    """Ask for something that lasts: no date, no piece; return the number."""
    page.check("[name=arrete_duree][value=durable]")
    page.check("[name=mesures_circulation][value=stationnement]")
    page.fill("[name=motif]", "La sortie de l’école.")
    page.click("#grc-continue")
    page.click(f"{PLACE} [data-map-do=place]")
    page.fill("[name=troncon]", "Du 1 au 3")
    page.check("[name=gestionnaire_voie][value=commune]")
    page.click("#grc-continue")
    expect(page.locator("h1")).to_have_text("Pour finir")
    proceed(page)
    expect(page.locator("#grc-form-review")).to_contain_text("48.")
    return send(page)


def test_the_agent_sees_the_place(people, check, town_map, run_id):
    page = people.open()
    open_form(page, PRESTATION)
    fill(page, identity(f"agent.{run_id}@example.com"))
    page.click("#grc-continue")
    number = _file(page)
    page = people.open(ADMINISTRATOR)
    backend.open_request(page, number)
    backend.tab(page, "filled_form")
    expect(page.locator(".o_grc_points .o_grc_map_pin")).to_have_count(1)
    expect(page.locator(".o_grc_points img.leaflet-tile-loaded").first).to_be_visible()
    expect(page.locator(".o_grc_filled")).to_contain_text("48.")
    check.backend(page, "carte-agent")


# Last: the service is left alone for half a minute.
def test_the_service_of_the_map_is_down(people, check, town_map, run_id):
    town_map.fault("tuiles", "status_503", times=200)
    page = people.open()
    _to_the_place(page, f"panne.{run_id}@example.com")
    # Tiles that were kept are shown all the same: far away none was.
    for _step in range(3):
        page.locator(f"{PLACE} .leaflet-control-zoom-in").click()
    down = page.locator(f"{PLACE} .o_grc_map_down")
    expect(down).to_contain_text("Décrivez le lieu avec des mots")
    check.page(page, "carte-panne")
    page.fill(f"{PLACE} textarea", "Devant l’école, côté pair")
    page.click("#grc-continue")
    expect(page.locator("#error-summary a[href='#f-lieu']")).to_have_count(0)
    town_map.reset()
