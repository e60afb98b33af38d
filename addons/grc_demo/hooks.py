import logging

from odoo import fields
from odoo.exceptions import UserError

from odoo.addons.grc_form.rules.words import folded

from .samples import SAMPLES

_logger = logging.getLogger(__name__)

# Prestations that the town took from the catalogue as they ship, form included, and
# the service that handles them.
FROM_CATALOGUE = {"EN-PERI": "service_school", "VO-ARRCIRC": "service_works"}

_SIMULATOR = "http://127.0.0.1:1090"
# Addresses of the simulator that ./grc run starts: nobody of it exists.
SIMULATED = {
    "sirene": f"{_SIMULATOR}/entreprises",
    "rna": f"{_SIMULATOR}/associations",
    "ban": f"{_SIMULATOR}/adresses",
}
# Services of API Particulier, all at one address, and who they are told we are.
PARTICULIER = {
    "quotient_familial",
    "participation_eaje",
    "rsa",
    "prime_activite",
    "statut_etudiant",
    "etudiant_boursier",
}
_SIRET = "21990000800018"


def pre_init_hook(env):
    """Make sure French is there: the town speaks it."""
    lang = (
        env["res.lang"].with_context(active_test=False).search([("code", "=", "fr_FR")])
    )
    if not lang.active:
        env["res.lang"]._activate_and_install_lang("fr_FR")


def post_init_hook(env):
    """Play the sample requests through the real doors, on behalf of the users."""
    env = env(context=dict(env.context, lang="fr_FR", tz="Europe/Paris"))
    for code, service in FROM_CATALOGUE.items():
        _take_from_catalogue(env, code, _ref(env, service))
    _use_simulators(env)
    for sample in SAMPLES:
        _play(env, sample)
    _logger.info("Admiville: %s sample requests", len(SAMPLES))


def _take_from_catalogue(env, code, service):
    model = env["grc.prestation.model"].search([("code", "=", code)])
    prestation, problems = model._activate({folded(model.content["service"]): service})
    if problems:
        raise UserError("\n".join(problems))
    prestation.regime_checked_on = fields.Date.today()
    prestation._draft_version().action_publish()
    prestation.action_publish()


def _use_simulators(env):
    """Put in use the data sources that the simulator answers for, and no other."""
    sources = env["grc.data.source"].with_context(active_test=False)
    for source in sources.search([("company_id", "=", env.company.id)]):
        if source.connector in SIMULATED:
            source.write({"base_url": SIMULATED[source.connector], "active": True})
        elif source.connector in PARTICULIER:
            source.write(
                {"base_url": _SIMULATOR, "recipient_siret": _SIRET, "active": True}
            )


def _play(env, sample):
    key = f"demo-{sample['key']}"
    if env["grc.request"].search_count([("idempotency_key", "=", key)], limit=1):
        return
    requests = env["grc.request"].with_user(_ref(env, sample["by"]))
    request = requests._intake(
        _prepare_vals(env, sample),
        sample["channel"],
        files=sample.get("files", ()),
        idempotency_key=key,
    )
    for user, method, *args in sample.get("then", ()):
        actor = request.with_user(_ref(env, user))
        getattr(actor, method)(*args)


def _prepare_vals(env, sample):
    vals = dict(sample["vals"])
    for name in ("prestation_id", "partner_id", "service_id"):
        if name in vals:
            vals[name] = _ref(env, vals[name]).id
    if "days_ago" in sample:
        now = env.cr.now().replace(microsecond=0)
        vals["received_at"] = now - sample["days_ago"]
    return vals


def _ref(env, name):
    return env.ref(name if "." in name else f"grc_demo.{name}")
