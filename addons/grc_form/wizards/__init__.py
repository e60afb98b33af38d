from . import (
    grc_answer_correction,
    grc_form_pack_activation,
    grc_form_publication,
    grc_form_snippet_use,
    grc_prestation_import,
    grc_prestation_update,
    grc_prestation_update_line,
)
