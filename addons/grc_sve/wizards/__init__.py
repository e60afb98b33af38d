from . import grc_mail_intake_request
