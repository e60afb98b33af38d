from . import (
    test_acknowledgement,
    test_acknowledgement_state,
    test_grc_acknowledgement_access,
    test_grc_acknowledgement_performance,
    test_grc_mail_intake_access,
    test_mail_intake,
    test_mail_intake_corpus,
    test_mail_intake_thread,
    test_prestation_regime,
    test_request_clock,
    test_request_explanation,
)
