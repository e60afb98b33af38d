import {Interaction} from "@web/public/interaction";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";

/**
 * Put a map under the words of a place, when the town has one.
 *
 * The map and its library come only here, on a page that asks for a place. Without them
 * the words are asked all the same, and are as good.
 */
export class FormMap extends Interaction {
    static selector = "#grc-form-page [data-grc-type=point]";

    async willStart() {
        // An answer that a data source gave cannot be changed: it has no field.
        const hasField = this.el.querySelector("textarea");
        this.template = hasField && document.getElementById("grc-map-template");
        if (this.template) {
            try {
                await loadBundle("grc_portal.assets_map");
            } catch {
                this.template = null;
            }
        }
    }

    start() {
        if (this.template) {
            const PlacePicker = registry.category("grc_map").get("PlacePicker");
            const picker = new PlacePicker(this.el, this.template);
            this.registerCleanup(() => picker.destroy());
        }
    }
}

registry.category("public.interactions").add("grc_portal.form_map", FormMap);
