from . import test_grc_request_intake
