const PAUSE = 250;

/** Suggest addresses, which our server looks for, and lead the map to the one chosen. */
export class AddressSearch {
    constructor(box, texts, {id, onFound, say}) {
        Object.assign(this, {box, texts, onFound, say, found: [], chosen: -1});
        [this.label, this.input, this.list] = box.children;
        this.input.id = `${id}-search`;
        this.label.htmlFor = this.input.id;
        this.list.id = `${id}-list`;
        this.list.setAttribute("role", "listbox");
        this.list.setAttribute("aria-label", this.label.textContent);
        for (const [name, value] of Object.entries({
            "aria-autocomplete": "list",
            "aria-controls": this.list.id,
            "aria-expanded": "false",
            autocomplete: "off",
            role: "combobox",
        })) {
            this.input.setAttribute(name, value);
        }
        this.input.addEventListener("input", (ev) => {
            // It is no answer of the form.
            ev.stopPropagation();
            clearTimeout(this.timer);
            this.timer = setTimeout(() => this.ask(), PAUSE);
        });
        this.input.addEventListener("keydown", (ev) => this.onKey(ev));
        this.input.addEventListener("blur", () => setTimeout(() => this.close(), 200));
        this.list.addEventListener("mousedown", (ev) => {
            ev.preventDefault();
            const line = ev.target.closest("li");
            if (line) {
                this.pick(Number(line.dataset.index));
            }
        });
        box.hidden = false;
    }

    async ask() {
        const text = this.input.value.trim();
        if (text.length < 3) {
            return this.close();
        }
        let found = [];
        try {
            const answer = await fetch(`/demarches/adresses?q=${encodeURIComponent(text)}`);
            found = answer.ok ? await answer.json() : [];
        } catch {
            found = [];
        }
        if (this.input.value.trim() === text) {
            this.open(found.filter(({lat, lon}) => lat && lon));
        }
    }

    open(found) {
        this.found = found;
        this.chosen = -1;
        this.list.replaceChildren(
            ...found.map(({label}, index) => {
                const line = document.createElement("li");
                line.id = `${this.list.id}-${index}`;
                line.dataset.index = index;
                line.setAttribute("role", "option");
                line.setAttribute("aria-selected", "false");
                line.textContent = label;
                return line;
            })
        );
        this.list.hidden = !found.length;
        this.input.setAttribute("aria-expanded", String(!this.list.hidden));
        this.say(found.length ? this.texts.found : this.texts.notFound);
    }

    close() {
        this.found = [];
        this.list.hidden = true;
        this.input.setAttribute("aria-expanded", "false");
        this.input.removeAttribute("aria-activedescendant");
    }

    mark() {
        for (const line of this.list.children) {
            const isChosen = Number(line.dataset.index) === this.chosen;
            line.setAttribute("aria-selected", String(isChosen));
            if (isChosen) {
                this.input.setAttribute("aria-activedescendant", line.id);
            }
        }
    }

    onKey(ev) {
        if (ev.key === "Enter") {
            // Enter in this field never sends the form.
            ev.preventDefault();
            if (this.found.length) {
                this.pick(Math.max(this.chosen, 0));
            }
        } else if (ev.key === "Escape") {
            this.close();
        } else if (this.found.length && (ev.key === "ArrowDown" || ev.key === "ArrowUp")) {
            const count = this.found.length;
            const first = ev.key === "ArrowDown" ? 0 : count - 1;
            const step = ev.key === "ArrowDown" ? 1 : count - 1;
            this.chosen = this.chosen < 0 ? first : (this.chosen + step) % count;
            this.mark();
            ev.preventDefault();
        }
    }

    pick(index) {
        const {label, lat, lon} = this.found[index];
        this.input.value = label;
        this.close();
        this.onFound([Number(lat), Number(lon)], label);
    }
}
