"""Civil days in words, as letters and pages print them."""

from odoo.tools import format_date, get_lang


def day_in_full(env, day, weekday=True):
    """Return a day in full: « mardi 15 septembre 2026 », « 1er octobre 2026 ».

    The locales of Babel never write « 1er », which French wants.

    :param date day: civil day, or nothing
    :param bool weekday: with its name
    :rtype: str
    """
    if not day:
        return ""
    number = "d"
    if day.day == 1 and get_lang(env).code.startswith("fr"):
        number = "d'er'"
    pattern = f"EEEE {number} MMMM y" if weekday else f"{number} MMMM y"
    return format_date(env, day, date_format=pattern)
