from . import (
    grc_request_wizard_mixin,
    grc_delivery_elsewhere,
    grc_request_decision,
    grc_request_file,
    grc_request_message,
    grc_request_move,
    grc_request_qualify,
)
