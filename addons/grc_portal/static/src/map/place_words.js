/** How a place is said without looking at the map. */

const METRES_PER_DEGREE = 111320;
const DIRECTIONS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
// Nearer than this, it is the centre itself.
const NEAR = 30;

/** Tell whether `{lat, lng}` is in a box `[south, west, north, east]`. */
export function isInside({lat, lng}, [south, west, north, east]) {
    return lat >= south && lat <= north && lng >= west && lng <= east;
}

function written(number, digits, lang) {
    const bounds = {maximumFractionDigits: digits, minimumFractionDigits: digits};
    return new Intl.NumberFormat(lang, bounds).format(number);
}

/** Return « about 350 m to the north-east of the centre of the town ». */
function whereFrom({lat, lng}, [centerLat, centerLng], texts, lang) {
    const north = (lat - centerLat) * METRES_PER_DEGREE;
    const east = (lng - centerLng) * METRES_PER_DEGREE * Math.cos((centerLat * Math.PI) / 180);
    const metres = Math.hypot(north, east);
    if (metres < NEAR) {
        return texts.near;
    }
    const turn = Math.round((Math.atan2(east, north) / Math.PI) * 4);
    const distance =
        metres < 995
            ? `${written(Math.round(metres / 10) * 10, 0, lang)}\u00a0m`
            : `${written(metres / 1000, 1, lang)}\u00a0km`;
    return texts.away
        .replace("{distance}", distance)
        .replace("{direction}", texts[DIRECTIONS[(turn + 8) % 8]]);
}

/** Return the sentence that says where the pin is, from the centre of the town. */
export function placedAt(point, center, texts) {
    const lang = document.documentElement.lang || "fr";
    const coordinates = `${written(point.lat, 5, lang)}\u00a0; ${written(point.lng, 5, lang)}`;
    return texts.placed
        .replace("{where}", whereFrom(point, center, texts, lang))
        .replace("{coordinates}", coordinates);
}
