"""How long the trace of an exchange of data is kept."""

from datetime import date

from dateutil.relativedelta import relativedelta

MONTHS = 36


def kept_until(given_on: date) -> date:
    """Return the last day on which the citizen finds the trace of an exchange.

    :param given_on: civil day of her answer

    Source: CRPA art. R114-9-7 (exchanges are kept 36 months)
    """
    return given_on + relativedelta(months=MONTHS)
