/* A date of birth, known in part for some: kept as 1962-08-00, shown and typed 08/1962. */
import { CharField, charField } from "@web/views/fields/char/char_field";
import { useInputField } from "@web/views/fields/input_field_hook";
import { registry } from "@web/core/registry";
import { useRef } from "@odoo/owl";

import { fromFrenchOrder, inFrenchOrder } from "./partial_date";

export class PartialDateField extends CharField {
    setup() {
        this.input = useRef("input");
        useInputField({
            getValue: () => this.formattedValue,
            parse: fromFrenchOrder,
        });
    }

    get formattedValue() {
        return inFrenchOrder(this.props.record.data[this.props.name]);
    }
}

registry.category("fields").add("grc_partial_date", {
    ...charField,
    component: PartialDateField,
    supportedTypes: ["char"],
});
