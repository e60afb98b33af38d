"""Checks of the tree itself: nothing here imports Odoo or opens a database."""
