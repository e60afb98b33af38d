import {registry} from "@web/core/registry";
import {AddressSearch} from "./address_search";
import {isInside, placedAt} from "./place_words";
import {TownMap} from "./town_map";

// Five decimals are one metre: what the question keeps.
const DECIMALS = 5;
// Where a street is read.
const CLOSE_ZOOM = 17;

/**
 * The map under a question that asks for a place: it fills its two hidden inputs.
 *
 * Everything may be done with a mouse, a finger, the keyboard or a screen reader.
 */
export class PlacePicker {
    constructor(question, template) {
        this.root = template.content.firstElementChild.cloneNode(true);
        this.data = JSON.parse(template.dataset.map);
        this.texts = this.takeTexts();
        this.inputs = ["lat", "lon"].map((part) =>
            question.querySelector(`input[name$=".${part}"]`)
        );
        this.words = question.querySelector("textarea");
        this.status = this.find("status");
        this.identify(question.dataset.grcItem);
        question.append(this.root);
        this.town = new TownMap(this.find("canvas"), this.data, this.texts, (isThere) =>
            this.showBackground(isThere)
        );
        this.find("source").textContent = this.data.attribution;
        this.listen();
        this.readInputs();
    }

    find(name) {
        return this.root.querySelector(`.o_grc_map_${name}`);
    }

    takeTexts() {
        const box = this.find("texts");
        box.remove();
        const lines = [...box.querySelectorAll("[data-text]")];
        return Object.fromEntries(lines.map((line) => [line.dataset.text, line.textContent.trim()]));
    }

    /** Two questions of one page have each their map. */
    identify(path) {
        const canvas = this.find("canvas");
        this.find("help").id = `map-${path}-help`;
        canvas.id = `map-${path}`;
        canvas.setAttribute("aria-describedby", `map-${path}-help`);
    }

    listen() {
        const actions = {
            locate: () => this.locate(),
            place: () => this.place(this.town.map.getCenter()),
            remove: () => this.remove(),
        };
        this.buttons = {};
        for (const button of this.root.querySelectorAll("[data-map-do]")) {
            this.buttons[button.dataset.mapDo] = button;
            button.addEventListener("click", actions[button.dataset.mapDo]);
        }
        this.buttons.locate.hidden = !navigator.geolocation;
        this.town.map.on("click", ({latlng}) => this.place(latlng));
        const canvas = this.find("canvas");
        canvas.addEventListener("keydown", (ev) => {
            if (ev.key === "Enter" && ev.target === canvas) {
                ev.preventDefault();
                actions.place();
            }
        });
        // Said by the form when the town has a source of addresses.
        if (this.root.closest("form").dataset.addresses) {
            this.search = new AddressSearch(this.find("search"), this.texts, {
                id: canvas.id,
                onFound: (point, label) => this.goToAddress(point, label),
                say: (text) => this.say(text),
            });
        }
    }

    // === PIN === #

    readInputs() {
        const [lat, lng] = this.inputs.map((input) =>
            parseFloat(input.value.replace(",", "."))
        );
        if (Number.isFinite(lat) && Number.isFinite(lng)) {
            this.show({lat, lng});
            this.town.map.setView([lat, lng], Math.max(this.data.zoom, CLOSE_ZOOM - 1));
        } else {
            this.say(this.texts.none);
        }
    }

    show(point) {
        if (this.marker) {
            this.marker.setLatLng(point);
        } else {
            this.marker = this.town.pin(point, {draggable: true});
            this.marker.on("dragend", () => this.place(this.marker.getLatLng()));
        }
        this.buttons.remove.hidden = false;
        this.say(placedAt(point, this.data.center, this.texts));
        const isFar = !isInside(point, this.data.box);
        this.find("outside").textContent = isFar ? this.texts.outside : "";
    }

    place(latlng) {
        const {lat, lng} = latlng.wrap();
        this.write(lat.toFixed(DECIMALS), lng.toFixed(DECIMALS));
        this.show({lat, lng});
    }

    goTo(point) {
        this.town.map.setView(point, CLOSE_ZOOM);
        this.place(this.town.map.wrapLatLng(point));
    }

    goToAddress(point, label) {
        if (!this.words.value.trim()) {
            this.words.value = label;
        }
        this.goTo(point);
    }

    remove() {
        this.marker.remove();
        this.marker = null;
        this.write("", "");
        this.buttons.place.focus();
        this.buttons.remove.hidden = true;
        this.find("outside").textContent = "";
        this.say(this.texts.removed);
    }

    write(lat, lon) {
        this.inputs[0].value = lat;
        this.inputs[1].value = lon;
        // The conditions of the page may depend on it.
        this.inputs[1].dispatchEvent(new Event("change", {bubbles: true}));
    }

    // === POSITION === #

    locate() {
        this.say(this.texts.locating);
        navigator.geolocation.getCurrentPosition(
            ({coords}) => this.goTo([coords.latitude, coords.longitude]),
            () => this.say(this.texts.notLocated),
            {enableHighAccuracy: true, maximumAge: 60000, timeout: 15000}
        );
    }

    // === WORDS === #

    say(text) {
        this.status.textContent = text;
    }

    showBackground(isThere) {
        this.find("down").textContent = isThere ? "" : this.texts.down;
    }

    destroy() {
        this.town.destroy();
        this.root.remove();
    }
}

registry.category("grc_map").add("PlacePicker", PlacePicker);
