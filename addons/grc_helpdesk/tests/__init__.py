from . import test_citizen_search
from . import test_desk_intake
from . import test_desk_screens
from . import test_grc_desk_intake_access
from . import test_form_desk
