from . import test_attacks
from . import test_attacks_session
from . import test_grc_citizen_merge
from . import test_grc_identity_access
from . import test_my_identity
from . import test_recognition
from . import test_sign_in
from . import test_sign_out
