import { Component, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A day kept as text (ISO), chosen in the calendar of the browser. */
class DayField extends Component {
    static template = "grc_form.Day";
    static props = { ...standardFieldProps };

    get value() {
        return (this.props.record.data[this.props.name] || "").slice(0, 10);
    }

    onChange(ev) {
        this.props.record.update({ [this.props.name]: ev.target.value || false });
    }
}

/** A formula, with the answers and the functions that it may use at one click. */
class FormulaField extends Component {
    static template = "grc_form.Formula";
    static props = { ...standardFieldProps };

    setup() {
        this.inputRef = useRef("input");
        this.functions = [
            ["somme(…)", _t("sum over the rows of a block")],
            ["nombre(…)", _t("number of rows")],
            ["arrondi(…)", _t("rounded number")],
            ["si(… ; … ; …)", _t("if, then, else")],
            ["age(…)", _t("age at a date")],
            ["jours(… ; …)", _t("days between two dates")],
            ["min(… ; …)", _t("the smaller")],
            ["max(… ; …)", _t("the larger")],
        ];
    }

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    get codes() {
        return this.props.record.data.formula_codes || [];
    }

    onChange(ev) {
        this.props.record.update({ [this.props.name]: ev.target.value });
    }

    insert(text) {
        const input = this.inputRef.el;
        const inserted = text.replaceAll("…", "").replaceAll("( ; )", "(;)");
        input.setRangeText(inserted, input.selectionStart, input.selectionEnd, "end");
        if (inserted.includes("(")) {
            const place = input.selectionStart - inserted.length + inserted.indexOf("(");
            input.setSelectionRange(place + 1, place + 1);
        }
        input.focus();
        this.props.record.update({ [this.props.name]: input.value });
    }
}

registry.category("fields").add("grc_day", {
    component: DayField,
    displayName: _t("Day kept as text"),
    supportedTypes: ["char"],
});
registry.category("fields").add("grc_formula", {
    component: FormulaField,
    displayName: _t("Formula of a form"),
    supportedTypes: ["char"],
    fieldDependencies: [{ name: "formula_codes", type: "json" }],
});
