"""Saisines played from reception to the period of the court, with the clock moved."""
