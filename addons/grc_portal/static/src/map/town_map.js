/* global L */
import {registry} from "@web/core/registry";

const LEAST_ZOOM = 5;
const MOST_ZOOM = 19;

/**
 * A map of the town: its tiles come from our server, and from nowhere else.
 *
 * Data is what `res.company._grc_map` gives; `texts` has `zoomIn` and `zoomOut`.
 */
export class TownMap {
    constructor(canvas, data, texts, onBackground = () => {}) {
        this.data = data;
        const isQuiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
        this.map = L.map(canvas, {
            attributionControl: false,
            fadeAnimation: !isQuiet,
            inertia: !isQuiet,
            markerZoomAnimation: !isQuiet,
            maxZoom: MOST_ZOOM,
            minZoom: LEAST_ZOOM,
            // The wheel scrolls the page, which is longer than the map.
            scrollWheelZoom: false,
            zoomAnimation: !isQuiet,
            zoomControl: false,
        });
        if (isQuiet) {
            // Leaflet slides at each arrow, whatever its other options say.
            this.map.panBy = (offset) =>
                L.Map.prototype.panBy.call(this.map, offset, {animate: false});
        }
        L.control.zoom({zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut}).addTo(this.map);
        this.addTiles(onBackground);
        this.home();
        // A question shown later, or a tab, has no size yet.
        this.observer = new ResizeObserver(() => this.resize());
        this.observer.observe(canvas);
    }

    addTiles(onBackground) {
        const {ranges, tiles} = this.data;
        const isOurs = ({x, y, z}) => {
            const [west, north, east, south] = ranges[z] || [1, 1, 0, 0];
            return x >= west && x <= east && y >= north && y <= south;
        };
        const Tiles = L.TileLayer.extend({
            getTileUrl(coords) {
                // Far from the town the server has nothing: it is not asked.
                return isOurs(coords) ? L.Util.template(tiles, coords) : L.Util.emptyImageUrl;
            },
        });
        const layer = new Tiles("", {maxZoom: MOST_ZOOM, minZoom: LEAST_ZOOM, noWrap: true});
        let errors = 0;
        layer.on("loading", () => (errors = 0));
        layer.on("tileerror", () => {
            errors += 1;
            onBackground(false);
        });
        layer.on("load", () => errors || onBackground(true));
        layer.addTo(this.map);
    }

    home() {
        this.map.setView(this.data.center, this.data.zoom, {animate: false});
    }

    resize() {
        const wasBlank = !this.map.getSize().x;
        const center = this.map.getCenter();
        this.map.invalidateSize({animate: false, pan: !wasBlank});
        if (wasBlank) {
            this.map.setView(center, this.map.getZoom(), {animate: false});
        }
    }

    /** Add a pin at `[latitude, longitude]`; `options` are those of Leaflet's marker. */
    pin(point, options = {}) {
        const icon = L.divIcon({
            className: "o_grc_map_pin",
            html: '<svg viewBox="0 0 32 44" width="32" height="44" focusable="false"><path d="M16 1C7.7 1 1 7.7 1 16c0 10.5 15 27 15 27s15-16.5 15-27C31 7.7 24.3 1 16 1z" fill="#a4161a" stroke="#fff" stroke-width="2"/><circle cx="16" cy="16" r="6" fill="#fff"/></svg>',
            iconAnchor: [16, 43],
            iconSize: [32, 44],
        });
        // The keyboard has buttons: the pin is not one more stop.
        const marker = L.marker(point, {icon, keyboard: false, ...options}).addTo(this.map);
        marker.getElement().setAttribute("aria-hidden", "true");
        return marker;
    }

    destroy() {
        this.observer.disconnect();
        this.map.remove();
    }
}

registry.category("grc_map").add("TownMap", TownMap);
