from . import (
    grc_form_pack_activation,
    grc_form_publication,
    grc_form_snippet_use,
    grc_prestation_import,
    grc_prestation_update,
)
