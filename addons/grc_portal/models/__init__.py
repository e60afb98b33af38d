from . import (
    grc_acknowledgement,
    grc_prestation,
    grc_prestation_terms,
    grc_request,
    grc_request_document,
    grc_request_draft,
    grc_request_silence,
    ir_http,
    res_company,
    res_users,
    website,
)
