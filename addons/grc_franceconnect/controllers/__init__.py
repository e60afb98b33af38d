from . import account
from . import filing
from . import proof
from . import proof_link
from . import sign_in
from . import sign_out
from . import data
from . import my_data
