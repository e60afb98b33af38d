"""Journeys in a real browser, against a running Odoo and a running mail catcher."""
