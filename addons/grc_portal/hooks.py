def post_init_hook(env):
    """Make every website that is there the town's own.

    Done once, at installation; a website created later does it by itself.
    """
    env["website"].search([])._grc_become_town_site()
