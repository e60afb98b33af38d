import { registry } from "@web/core/registry";

const LAST_OF = ".modal .o_grc_condition_leaf:last";
const save = { trigger: ".modal .o_form_button_save", run: "click" };
const closed = { trigger: "body:not(:has(.modal))" };

function pick(trigger, label) {
    return {
        trigger: `${trigger}:has(option:contains("${label}"))`,
        run: `selectByLabel ${label}`,
    };
}

function add(index, label) {
    return [
        {
            trigger: `.o_grc_lines .o_field_x2many_list_row_add a[role=button]:eq(${index})`,
            run: "click",
        },
        { trigger: ".modal .o_field_widget[name=label] input", run: `edit ${label}` },
    ];
}

const TYPE = ".modal .o_field_widget[name=type]";

function chooseType(rank) {
    return [
        { trigger: `${TYPE} input`, run: "click" },
        { trigger: `.o_select_menu_item:eq(${rank})`, run: "click" },
    ];
}

registry.category("web_tour.tours").add("grc_form_builder", {
    steps: () => [
        ...add(0, "Votre projet"),
        save,
        closed,
        ...add(2, "Quelle salle ?"),
        ...chooseType(9),
        {
            trigger: ".modal [name=option_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal [name=option_ids] .o_selected_row [name=label] input",
            run: "edit Petite",
        },
        {
            trigger: ".modal [name=option_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger:
                ".modal [name=option_ids] .o_data_row:eq(1).o_selected_row [name=label] input",
            run: "edit Grande",
        },
        save,
        closed,
        ...add(2, "Combien ?"),
        ...chooseType(2),
        save,
        closed,
        ...add(2, "Quel jour ?"),
        ...chooseType(5),
        save,
        closed,
        // « Quel jour ? » is dragged above « Combien ? ».
        {
            trigger: ".o_grc_lines .o_data_row:contains('Quel jour') .o_row_handle",
            async run(helpers) {
                const target = ".o_grc_lines .o_data_row:contains('Combien')";
                await helpers.drag_and_drop(target, {
                    position: { top: 4 },
                    relative: true,
                });
            },
        },
        { trigger: ".o_grc_lines .o_data_row:eq(2):contains('Quel jour')" },
        {
            trigger: ".o_grc_lines .o_data_row:contains('Combien') .o_grc_line",
            run: "click",
        },
        { trigger: ".modal .o_grc_add_condition", run: "click" },
        pick(`${LAST_OF} .o_grc_condition_source`, "Quelle salle ?"),
        pick(`${LAST_OF} .o_grc_condition_value`, "Grande"),
        { trigger: ".modal .o_grc_add_condition", run: "click" },
        pick(`${LAST_OF} .o_grc_condition_source`, "Quel jour ?"),
        { trigger: `${LAST_OF} .o_grc_condition_operator`, run: "select gt" },
        { trigger: `${LAST_OF} .o_grc_condition_mode`, run: "select today" },
        {
            trigger: `${LAST_OF} .o_grc_condition_offset input`,
            run: "edit 15 && press Tab",
        },
        save,
        closed,
        { trigger: ".o_grc_lines .o_grc_line_condition:contains('Grande')" },
        { trigger: ".o_grc_preview iframe" },
        { trigger: "button[name=action_open_publication]", run: "click" },
        { trigger: ".modal .o_grc_findings" },
        { trigger: ".modal button[name=action_publish]", run: "click" },
        { trigger: ".o_form_view .alert-info" },
    ],
});
