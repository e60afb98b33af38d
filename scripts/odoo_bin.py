"""Start the Odoo that is first on the Python path (used with ODOO_SRC)."""

import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
