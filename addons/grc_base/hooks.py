# Jobs of core that a town hall did not ask for: one calls the publisher of Odoo
# every week, the other mails sales figures to users.
_UNWANTED_JOBS = (
    "mail.ir_cron_module_update_notification",
    "digest.ir_cron_digest_scheduler_action",
)


def post_init_hook(env):
    """Make a fresh database a town hall's.

    Done once, at installation: an administrator may change it afterwards.
    """
    _stop_unwanted_jobs(env)
    _speak_french(env)


def _stop_unwanted_jobs(env):
    for xmlid in _UNWANTED_JOBS:
        job = env.ref(xmlid, raise_if_not_found=False)
        if job:
            job.active = False


def _speak_french(env):
    lang = env["res.lang"].search([("code", "=", "fr_FR")], limit=1)
    if not lang:
        return
    env["ir.default"].set("res.partner", "lang", lang.code)
    partners = env["res.company"].search([]).partner_id
    admin = env.ref("base.user_admin", raise_if_not_found=False)
    if admin:
        partners |= admin.partner_id
    partners.write({"lang": lang.code, "tz": "Europe/Paris"})
    public = env.ref("base.public_partner", raise_if_not_found=False)
    if public:
        public.lang = lang.code
