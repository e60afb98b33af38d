"""What a letter of the town hall must show: an address for the window, a signature."""

from textwrap import wrap

# La Poste reads six lines of thirty-eight characters; beyond, the type is made
# smaller rather than the address cut.
LINE_CHARS = 38
TIGHT_LINE_CHARS = 50
WINDOW_LINES = 6


def postal_lines(name, organization, street2, street, zip_code, city, country=""):
    """Return the lines of an address, the way the post office reads them.

    Who, then what is inside (stairs, building), then the street, then postcode and
    town in capitals, then the country in capitals if it is another one. Nothing is
    ever cut: what is too long goes on the next line, and on fewer, longer lines when
    there would be more than six.

    :param str | None name: a person; her company stands above her
    :param str | None organization: company or association
    :param str country: empty in France
    :return: lines, none empty
    :rtype: list[str]

    Source: AFNOR XP Z10-011 (postal addresses), as La Poste recommends it
    """
    town = " ".join(filter(None, (_clean(zip_code), _clean(city).upper())))
    parts = [organization, name if name != organization else None, street2, street]
    parts = [
        *filter(None, map(_clean, parts)),
        *filter(None, (town, _clean(country).upper())),
    ]
    lines = _wrapped(parts, LINE_CHARS)
    return lines if len(lines) <= WINDOW_LINES else _wrapped(parts, TIGHT_LINE_CHARS)


def is_tight(lines):
    """Tell whether an address only fits the window in a smaller type.

    :param list[str] lines: of ``postal_lines``
    :rtype: bool

    Source: none (technical)
    """
    return len(lines) > WINDOW_LINES or any(len(line) > LINE_CHARS for line in lines)


def missing_postal_parts(name, street, zip_code, city):
    """Return what an address lacks before a letter may be posted.

    :return: codes among ``name``, ``street``, ``zip``, ``city``
    :rtype: list[str]

    Source: AFNOR XP Z10-011 (postal addresses), as La Poste recommends it
    """
    parts = {"name": name, "street": street, "zip": zip_code, "city": city}
    return [code for code, value in parts.items() if not _clean(value)]


def missing_signature_parts(given_name, name, quality):
    """Return what a decision does not say of the person who takes it.

    :return: codes among ``given_name``, ``name``, ``quality``
    :rtype: list[str]

    Source: CRPA art. L212-1
    """
    parts = {"given_name": given_name, "name": name, "quality": quality}
    return [code for code, value in parts.items() if not _clean(value)]


def _clean(value):
    return " ".join((value or "").split())


def _wrapped(parts, width):
    return [line for part in parts for line in wrap(part, width)]
