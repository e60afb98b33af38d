"""Who signs in: tokens, identities, recognition. Plain Python, no Odoo, no clock."""
