import {readBirth, textAt} from "./form_days";

/**
 * Answers made of several parts: what rules/types reads, read the same, so that a
 * condition on a part says the same here and on the server. What the server would
 * refuse has no value.
 */

const KINDS = ["person", "company", "association"];
const LIMITS = {street: 100, street2: 100, zip: 12, city: 100, country: 60};
const ZIP = /^(?:0[1-9]|[1-8][0-9]|9[0-9])[0-9]{3}$/;
const RNA = /^W[0-9][0-9A-Z][0-9]{7}$/;
const LA_POSTE = "356000000";

/** Return {part: text} of the parts that hold a text. */
function partsOf(path, raw, names) {
    const value = {};
    for (const name of names) {
        const text = textAt(raw, `${path}.${name}`);
        if (text) {
            value[name] = text;
        }
    }
    return value;
}

const hasAll = (value, ...names) => names.every((name) => value[name]);

export function readAddress(path, raw, item) {
    const value = partsOf(path, raw, Object.keys(LIMITS));
    if (!item.abroad || value.country === "France") {
        delete value.country;
    }
    const isLong = Object.entries(LIMITS).some(([part, most]) => value[part]?.length > most);
    if (isLong || !hasAll(value, "street", "city") || !(value.zip || value.country)) {
        return null;
    }
    if (value.country) {
        return value.zip ? {...value, zip: value.zip.toUpperCase()} : value;
    }
    const zip = value.zip.replace(/\s/g, "").replace(/^[Ff]-?/, "");
    return ZIP.test(zip) ? {...value, zip} : null;
}

// === PEOPLE === //

export function readIdentity(path, raw, item, context) {
    const kinds = item.kinds || KINDS;
    const kind = textAt(raw, `${path}.kind`) || (kinds.length === 1 ? kinds[0] : "");
    if (!kinds.includes(kind)) {
        return null;
    }
    const names = partsOf(path, raw, ["last_name", "first_name"]);
    const value =
        kind === "person"
            ? personOf(path, raw, item, names, context)
            : organizationOf(path, raw, item, names, kind);
    return value && {kind, ...value};
}

function personOf(path, raw, item, names, context) {
    if (!hasAll(names, "last_name", "first_name")) {
        return null;
    }
    if (!item.ask_birth_date) {
        return names;
    }
    const birth = readBirth(`${path}.birth_date`, raw, item, context);
    return birth && {...names, birth_date: birth};
}

function organizationOf(path, raw, item, names, kind) {
    const value = {...names, ...partsOf(path, raw, ["organization"])};
    const known = kind === "association" ? {siret: isSiret, rna: isRna} : {siret: isSiret};
    for (const [part, isRight] of Object.entries(known)) {
        const text = compact(textAt(raw, `${path}.${part}`) || "");
        if (text && !isRight(text)) {
            return null;
        }
        if (text) {
            value[part] = text;
        }
    }
    const isNumbered = value.siret || (kind === "association" && value.rna);
    return value.organization && (isNumbered || !item.number_required) ? value : null;
}

function compact(text) {
    return text.replace(/[\s.\-_/]/g, "").toUpperCase();
}

const isRna = (text) => RNA.test(text);

function isSiret(text) {
    if (!/^[0-9]{14}$/.test(text)) {
        return false;
    }
    const siren = text.slice(0, 9);
    const sum = [...text].reduce((total, digit) => total + Number(digit), 0);
    // The establishments of La Poste have a key of their own.
    const isPost = siren === LA_POSTE && sum % 5 === 0;
    return isLuhn(siren) && (isPost || isLuhn(text));
}

function isLuhn(text) {
    const digits = [...text].reverse().map(Number);
    const sum = digits.reduce((total, digit, rank) => {
        const twice = digit * 2;
        return total + (rank % 2 ? (twice > 9 ? twice - 9 : twice) : digit);
    }, 0);
    return sum % 10 === 0;
}

export function readMember(path, raw, item, context) {
    const value = partsOf(path, raw, ["last_name", "first_name"]);
    const roles = (item.roles || []).map((role) => role.value);
    const role = textAt(raw, `${path}.role`) || (roles.length === 1 ? roles[0] : null);
    if (!hasAll(value, "last_name", "first_name") || (roles.length && !roles.includes(role))) {
        return null;
    }
    if (roles.length) {
        value.role = role;
    }
    if (item.ask_birth_date === false) {
        return value;
    }
    const birth = readBirth(`${path}.birth_date`, raw, item, context);
    return birth && {...value, birth_date: birth};
}

// === PLACES === //

/** A commune has the code that a suggestion, or the server, gave to what was typed. */
export function readCommune(path, raw) {
    const [text, code] = [textAt(raw, path), textAt(raw, `${path}.insee`)];
    const name = text && text.replace(/ ?\([0-9AB]{2,5}\)$/, "");
    return code && name ? {code, name} : null;
}

/** The options of départements are « 57 Moselle ». */
export function readDepartment(path, raw, item, {form}) {
    const code = textAt(raw, path);
    return code && {code, name: chosenLabel(form, path).slice(code.length + 1)};
}

/** Those of countries carry their official code, before « -FO » for a territory. */
export function readCountry(path, raw, item, {form}) {
    const key = textAt(raw, path);
    return key && {code: key.split("-")[0], name: chosenLabel(form, path)};
}

function chosenLabel(form, path) {
    const chosen = form.elements[path]?.selectedOptions?.[0];
    return (chosen?.textContent || "").trim();
}

export function readPoint(path, raw) {
    const value = partsOf(path, raw, ["text"]);
    const texts = ["lat", "lon"].map((part) => textAt(raw, `${path}.${part}`));
    if (!texts[0] && !texts[1]) {
        return value;
    }
    const numbers = texts.map((text) =>
        /^[+-]?[0-9]+([.,][0-9]*)?$/.test(text || "") ? Number(text.replace(",", ".")) : NaN
    );
    const isReal = Math.abs(numbers[0]) <= 90 && Math.abs(numbers[1]) <= 180;
    const [lat, lon] = numbers.map((number) => number.toFixed(5).replace(/^-(0\.0+)$/, "$1"));
    return isReal ? {lat, lon, ...value} : null;
}
