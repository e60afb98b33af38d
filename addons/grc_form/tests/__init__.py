from . import (
    test_grc_form_access,
    test_grc_form_builder,
    test_grc_form_builder_access,
    test_grc_form_builder_tour,
    test_grc_form_message,
    test_grc_form_pack,
    test_grc_form_pack_access,
    test_grc_form_question_index,
    test_grc_form_version,
    test_grc_prestation_file,
    test_grc_request_answers,
    test_grc_request_answers_speed,
)
