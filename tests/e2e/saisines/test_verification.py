"""After whatever was played, the register holds: nothing was changed behind it."""

VERIFICATION = "grc_sve.ir_cron_verify_register"


def test_register_holds(town):
    """The nightly job reads every chain, and computes every day from its events."""
    town.at("2030-06-03 03:00")
    town.run(VERIFICATION)
    assert town.query("select * from grc_register_finding") == []
