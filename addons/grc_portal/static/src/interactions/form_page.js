import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {visible} from "@grc_form/form_rules";
import {rawOf, readItem} from "./form_reading";

/**
 * A page of a form that shows and hides its questions while it is filled.
 *
 * Without it the page works all the same: the server shows after « Continue » what the
 * answers ask for.
 */
export class FormPage extends Interaction {
    static selector = "#grc-form-page";
    dynamicContent = {
        _root: {"t-on-input": this.update, "t-on-change": this.update},
    };

    setup() {
        const data = document.getElementById("grc-form-data");
        this.data = data && JSON.parse(data.textContent);
        this.page = this.data?.schema.pages.find((page) => page.code === this.data.page);
    }

    start() {
        if (this.page) {
            this.refresh();
        }
    }

    update() {
        if (this.page) {
            const before = this.shown;
            this.refresh();
            this.announce(before);
        }
    }

    refresh() {
        const raw = rawOf(this.el);
        const {today, profile} = this.data;
        const answers = {...this.data.answers};
        const context = {form: this.el, today};
        for (const item of this.page.items) {
            if (item.kind !== "section" && item.kind !== "explanation") {
                answers[item.code] = readItem(item, item.code, raw, context);
            }
        }
        const seen = visible(this.data.schema, answers, {today, profile});
        this.shown = new Set();
        for (const box of this.el.querySelectorAll("[data-grc-item]")) {
            const path = box.dataset.grcItem;
            box.hidden = !this.isShown(box, path, seen.shown);
            if (!box.hidden) {
                this.shown.add(path);
            }
            this.showOptions(box, seen.options[path]);
            this.showParts(box, raw, path);
        }
        for (const input of this.el.querySelectorAll(
            "[data-grc-item] :is(input, select, textarea, option)"
        )) {
            input.disabled = Boolean(
                input.matches("option") ? input.hidden : input.closest("[hidden]")
            );
        }
        this.el.elements._shown.value = [...this.shown].join(" ");
        this.showComputed(seen.answers);
    }

    isShown(box, path, shown) {
        // A cell of a table depends on nothing: it follows its table.
        const table = box.parentElement.closest("[data-grc-type=table]");
        return shown.has(table ? table.dataset.grcItem : path);
    }

    /** Show the options that the answers leave open; `open` is undefined for all. */
    showOptions(box, open) {
        if (open) {
            const values = open.map((value) => (Array.isArray(value) ? value[1] : value));
            for (const option of box.querySelectorAll("[data-grc-option]")) {
                const value = option.dataset.grcOption;
                option.hidden = value !== "__other" && !values.includes(value);
            }
            for (const option of box.querySelectorAll("select option[value]")) {
                const isFirst = open.some((value) => value[0] === option.value);
                option.hidden =
                    Boolean(option.value) && !values.includes(option.value) && !isFirst;
            }
        }
        const groups = box.querySelectorAll("optgroup");
        if (groups.length) {
            const first = box.querySelector("select").value;
            for (const group of groups) {
                group.hidden = Boolean(first) && group.dataset.grcGroup !== first;
                group.disabled = group.hidden;
            }
        }
    }

    /** Show the parts that go with what was chosen: kind of person, « other ». */
    showParts(box, raw, path) {
        const kind = box.querySelector(`[name="${path}.kind"]`);
        for (const part of box.querySelectorAll("[data-grc-kinds]")) {
            const chosen = (raw[`${path}.kind`] || [""])[0];
            part.hidden = Boolean(kind) && !part.dataset.grcKinds.split(" ").includes(chosen);
        }
        const other = box.querySelector(".o_grc_form_part_other");
        if (other) {
            other.hidden = !(raw[path] || []).includes("__other");
        }
    }

    showComputed(answers) {
        for (const output of this.el.querySelectorAll("[data-grc-computed]")) {
            const [code, index, child] = output.dataset.grcComputed.split(".");
            const value = child ? answers[code]?.[index]?.[child] : answers[code];
            output.textContent = this.written(value, output.dataset.grcUnit);
        }
    }

    written(value, unit) {
        if (value === undefined || value === null) {
            return "…";
        }
        const text = String(value);
        const lang = document.documentElement.lang || "fr";
        if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) {
            const options = {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"};
            return new Date(`${text}T00:00:00Z`).toLocaleDateString(lang, options);
        }
        const isNumber = /^-?[0-9]+(\.[0-9]+)?$/.test(text);
        const number = isNumber
            ? new Intl.NumberFormat(lang, {maximumFractionDigits: 6}).format(Number(text))
            : text;
        return unit ? `${number}\u00a0${unit}` : number;
    }

    /** Say once, quietly, that something has appeared. */
    announce(before) {
        const count = [...this.shown].filter((path) => !before.has(path)).length;
        const live = document.getElementById("grc-form-live");
        const {appearedOne, appearedMany} = this.el.dataset;
        // A field tells twice that it changes: the second time nothing is new.
        if (count) {
            live.textContent = count > 1 ? appearedMany : appearedOne;
        }
    }
}

registry.category("public.interactions").add("grc_portal.form_page", FormPage);
