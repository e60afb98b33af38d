/** Days and hours as people type them: what rules/types/days.py reads, read the same. */

const MONTHS = [
    ["janvier", "jan"],
    ["fevrier", "fev"],
    ["mars", "mar"],
    ["avril", "avr"],
    ["mai", "mai"],
    ["juin", "juin"],
    ["juillet", "juil"],
    ["aout", "aou"],
    ["septembre", "sep"],
    ["octobre", "oct"],
    ["novembre", "nov"],
    ["decembre", "dec"],
];
const FIRST_YEAR = 1850;
const LAST_YEAR = 2200;
const OLDEST_YEARS = 130;

/** Return the text typed in an input, on one line, null when there is none. */
export function textAt(raw, name) {
    return ((raw[name] || [""])[0] || "").replace(/\s+/g, " ").trim() || null;
}

function monthOf(text) {
    if (/^[0-9]{1,2}$/.test(text)) {
        return Number(text) <= 12 ? Number(text) : 0;
    }
    const name = text.toLowerCase().replace(/\.+$/, "").replace(/é/g, "e").replace(/û/g, "u");
    const isMonth = ([full, short]) => full.startsWith(name) && name.startsWith(short);
    return name.length < 3 ? 0 : MONTHS.findIndex(isMonth) + 1;
}

function yearOf(text, today) {
    if (!/^([0-9]{2}|[0-9]{4})$/.test(text)) {
        return 0;
    }
    const now = Number(today.slice(0, 4));
    let year = Number(text);
    if (text.length === 2) {
        year += Math.floor(now / 100) * 100;
        year -= year > now + 10 ? 100 : 0;
    }
    return year >= FIRST_YEAR && year <= LAST_YEAR ? year : 0;
}

/** Return the ISO day of three inputs, null when it is none. */
export function readDay(path, raw, item, {today}) {
    const [year, month, day] = ["year", "month", "day"].map(
        (part) => textAt(raw, `${path}.${part}`) || ""
    );
    const number = /^([0-9]{1,2})(?:er)?$/.exec(day.toLowerCase());
    const found = number && [yearOf(year, today), monthOf(month), Number(number[1])];
    if (!found || found.includes(0)) {
        return null;
    }
    const text = found.map((one) => String(one).padStart(2, "0")).join("-");
    const date = new Date(`${text}T00:00:00Z`);
    const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
    return isReal ? text : null;
}

/** Return the day of birth of someone who may be alive, null when it is none. */
export function readBirth(path, raw, item, context) {
    const day = readDay(path, raw, item, context);
    const oldest = Number(context.today.slice(0, 4)) - OLDEST_YEARS;
    return day && day <= context.today && Number(day.slice(0, 4)) >= oldest ? day : null;
}

/** Return an hour as HH:MM: « 8h », « 8 h 30 », « 08:30 », « 0830 ». */
export function readHour(text) {
    const typed = ({midi: "12h", minuit: "0h"})[text.toLowerCase()] || text.toLowerCase();
    const found =
        /^([0-9]{2}):([0-9]{2}):[0-9]{2}$/.exec(typed) ||
        /^([0-9]{1,2})([0-9]{2})$/.exec(typed) ||
        /^([0-9]{1,2}) ?(?:h|:|\.|heures?|,)? ?(?:([0-9]{2})(?:mn|min)?)?$/.exec(typed);
    if (!found) {
        return null;
    }
    const [hour, minute] = [Number(found[1]), found[2] || "00"];
    const isReal = hour < 24 && Number(minute) < 60;
    return isReal ? `${String(hour).padStart(2, "0")}:${minute}` : null;
}

export function readInstant(path, raw, item, context) {
    const day = readDay(path, raw, item, context);
    const time = textAt(raw, `${path}.time`);
    const hour = time && readHour(time);
    return day && hour ? `${day}T${hour}` : null;
}

export function readTimeRange(path, raw) {
    const [start, end] = ["start", "end"].map((part) => {
        const text = textAt(raw, `${path}.${part}`);
        return text && readHour(text);
    });
    return start && end && start < end ? {start, end} : null;
}
