from . import account
from . import filing
from . import proof
from . import sign_in
from . import sign_out
