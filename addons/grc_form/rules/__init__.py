"""The no-code forms: plain Python, no Odoo, no clock."""
