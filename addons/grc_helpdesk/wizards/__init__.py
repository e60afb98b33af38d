from . import grc_desk_requester
from . import grc_desk_intake
from . import grc_desk_intake_form
