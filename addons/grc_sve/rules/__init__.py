"""The law of the saisine par voie électronique: plain Python, no Odoo, no clock."""
