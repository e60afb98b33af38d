def post_init_hook(env):
    """Make French the language of new people when the town installed it.

    Done once, at installation: an administrator may change it afterwards.
    """
    lang = env["res.lang"].search([("code", "=", "fr_FR")], limit=1)
    if not lang:
        return
    env["ir.default"].set("res.partner", "lang", lang.code)
    admin = env.ref("base.user_admin", raise_if_not_found=False)
    companies = env["res.company"].search([])
    partners = companies.partner_id | (
        admin.partner_id if admin else companies.partner_id
    )
    partners.write({"lang": lang.code, "tz": "Europe/Paris"})
    public = env.ref("base.public_partner", raise_if_not_found=False)
    if public:
        public.lang = lang.code
