from . import (
    grc_prestation,
    grc_request,
    grc_request_document,
    grc_request_draft,
    ir_http,
    res_company,
    res_users,
    website,
)
