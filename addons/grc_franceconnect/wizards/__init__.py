from . import grc_identity_end
