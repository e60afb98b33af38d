import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

/** Suggest communes under a field; without it, the name or the postcode is enough. */
export class FormSuggestions extends Interaction {
    static selector = "input[data-grc-suggest='communes']";
    url = "/demarches/communes";
    least = 2;
    dynamicContent = {
        _root: {
            "t-on-input": this.debounced(this.suggest, 200),
            "t-on-keydown": this.onKey,
            "t-on-blur": () => this.waitForTimeout(() => this.leave(), 200),
        },
    };

    setup() {
        this.found = [];
        this.chosen = -1;
        this.code = this.el.form.elements[`${this.el.name}.insee`];
        this.words = this.wording(this.el.form.dataset);
        this.list = document.createElement("ul");
        this.list.className = "o_grc_suggestions";
        this.list.id = `${this.el.id}-list`;
        this.list.setAttribute("role", "listbox");
        this.list.setAttribute("aria-label", this.words.some);
        this.list.hidden = true;
    }

    wording({someFound, noneFound}) {
        return {some: someFound, none: noneFound};
    }

    start() {
        this.insert(this.list, this.el, "afterend");
        this.addListener(this.list, "mousedown", (ev) => this.onPick(ev));
        for (const [name, value] of Object.entries({
            role: "combobox",
            autocomplete: "off",
            "aria-autocomplete": "list",
            "aria-expanded": "false",
            "aria-controls": this.list.id,
        })) {
            this.el.setAttribute(name, value);
        }
    }

    /** What was typed without choosing is the commune that the server reads in it. */
    async leave() {
        this.close();
        const text = this.el.value.trim();
        if (!this.code || this.code.value || !text) {
            return;
        }
        const query = encodeURIComponent(text);
        const answer = await this.waitFor(fetch(`/demarches/communes?exact=1&q=${query}`));
        const found = answer.ok ? await this.waitFor(answer.json()) : [];
        if (found.length && this.el.value.trim() === text && !this.code.value) {
            this.found = found;
            this.pick(0);
        }
    }

    async suggest() {
        if (this.code) {
            this.code.value = "";
        }
        const text = this.el.value.trim();
        if (text.length < this.least) {
            return this.close();
        }
        const query = encodeURIComponent(text);
        const answer = await this.waitFor(fetch(`${this.url}?q=${query}`));
        this.found = answer.ok ? await this.waitFor(answer.json()) : [];
        if (this.el.value.trim() === text) {
            this.open();
        }
    }

    open() {
        this.chosen = -1;
        this.list.replaceChildren(
            ...this.found.map((one, index) => {
                const line = document.createElement("li");
                line.id = `${this.list.id}-${index}`;
                line.setAttribute("role", "option");
                line.textContent = one.label;
                line.dataset.index = index;
                return line;
            })
        );
        this.list.hidden = !this.found.length;
        this.el.setAttribute("aria-expanded", String(!this.list.hidden));
        const live = document.getElementById("grc-form-live");
        live.textContent = this.found.length ? this.words.some : this.words.none;
        this.mark();
    }

    close() {
        this.found = [];
        this.list.hidden = true;
        this.el.setAttribute("aria-expanded", "false");
        this.el.removeAttribute("aria-activedescendant");
    }

    mark() {
        for (const line of this.list.children) {
            const isChosen = Number(line.dataset.index) === this.chosen;
            line.setAttribute("aria-selected", String(isChosen));
            if (isChosen) {
                this.el.setAttribute("aria-activedescendant", line.id);
            }
        }
    }

    onKey(ev) {
        const count = this.found.length;
        if (!count) {
            return;
        }
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            const step = ev.key === "ArrowDown" ? 1 : count - 1;
            this.chosen = this.chosen < 0 && step > 1 ? count - 1 : (this.chosen + step) % count;
            this.mark();
            ev.preventDefault();
        } else if (ev.key === "Enter" && this.chosen >= 0) {
            this.pick(this.chosen);
            ev.preventDefault();
        } else if (ev.key === "Escape") {
            this.close();
        }
    }

    onPick(ev) {
        const line = ev.target.closest("li");
        if (line) {
            ev.preventDefault();
            this.pick(Number(line.dataset.index));
        }
    }

    pick(index) {
        const {code, label} = this.found[index];
        this.el.value = label;
        if (this.code) {
            this.code.value = code;
        }
        this.close();
        this.el.dispatchEvent(new Event("change", {bubbles: true}));
    }
}

registry.category("public.interactions").add("grc_portal.form_suggestions", FormSuggestions);

/** Suggest addresses under a street: the one chosen fills the postcode and the town. */
export class FormAddresses extends FormSuggestions {
    static selector = "form[data-addresses] input[data-grc-suggest='addresses']";
    url = "/demarches/adresses";
    least = 4;

    start() {
        // What the browser knows of its owner stays proposed (WCAG 1.3.5).
        const known = this.el.getAttribute("autocomplete");
        super.start();
        this.el.setAttribute("autocomplete", known || "off");
    }

    wording({someAddresses, noAddress}) {
        return {some: someAddresses, none: noAddress};
    }

    pick(index) {
        const found = this.found[index];
        const stem = this.el.name.slice(0, -"street".length);
        for (const part of ["street", "zip", "city"]) {
            const input = this.el.form.elements[stem + part];
            if (input) {
                input.value = found[part];
            }
        }
        this.close();
        this.el.dispatchEvent(new Event("change", {bubbles: true}));
    }
}

registry.category("public.interactions").add("grc_portal.form_addresses", FormAddresses);
