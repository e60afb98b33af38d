/* Dates of birth known in part: what rules/partial_dates.py says, in the browser.
   A test holds both to the same answers. */
const FRENCH = /^(?:(?:(\d{1,2})[/. ])?(\d{1,2})[/. ])?(\d{4})$/;

export function inFrenchOrder(text) {
    return (text || "")
        .split("-")
        .reverse()
        .filter((part) => part !== "00")
        .join("/");
}

export function fromFrenchOrder(text) {
    const found = FRENCH.exec(text.trim());
    if (!found) {
        return text.trim();
    }
    const [day, month] = [found[1], found[2]].map((part) => (part || "00").padStart(2, "0"));
    return `${found[3]}-${month}-${day}`;
}
