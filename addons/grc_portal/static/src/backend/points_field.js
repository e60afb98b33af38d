import { Component, onMounted, onPatched, onWillStart, onWillUnmount, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const CLOSE_ZOOM = 16;

/** The places of a form on the map of the town, as the citizen showed them. */
export class PointsField extends Component {
    static template = "grc_portal.PointsField";
    static props = { ...standardFieldProps };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("grc_portal.assets_map"));
        onMounted(() => this.draw());
        onPatched(() => this.draw());
        onWillUnmount(() => this.clear());
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get title() {
        return _t("Map of the places shown by the citizen");
    }

    draw() {
        const drawn = JSON.stringify(this.value);
        if (drawn === this.drawn) {
            return;
        }
        this.clear();
        this.drawn = drawn;
        if (!this.value) {
            return;
        }
        const { map, points } = this.value;
        const TownMap = registry.category("grc_map").get("TownMap");
        const texts = { zoomIn: _t("Zoom in"), zoomOut: _t("Zoom out") };
        this.town = new TownMap(this.canvas.el, map, texts);
        for (const { label, lat, lon } of points) {
            const text = document.createElement("span");
            text.textContent = label;
            this.town.pin([lat, lon]).bindTooltip(text, { direction: "right" });
        }
        const places = points.map(({ lat, lon }) => [lat, lon]);
        this.town.map.fitBounds(places, { maxZoom: CLOSE_ZOOM, padding: [60, 60] });
    }

    clear() {
        this.town?.destroy();
        this.town = null;
    }
}

registry.category("fields").add("grc_points", {
    component: PointsField,
    supportedTypes: ["json"],
});
