from . import (
    grc_acknowledgement,
    grc_delivery,
    grc_prestation,
    grc_request,
    grc_request_event,
    grc_request_explanation,
    res_company,
)
