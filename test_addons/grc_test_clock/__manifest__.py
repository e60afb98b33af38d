{
    "name": "GRC: moved clock",
    "summary": "Gives a server under test the day and the hour that a test asks for",
    "version": "19.0.1.0.0",
    "author": "GRC Admiville",
    "license": "AGPL-3",
    "category": "Hidden",
    "depends": ["base"],
    # Never installed: a test loads it with `odoo --load=base,web,grc_test_clock`.
    "installable": False,
    "post_load": "post_load",
}
