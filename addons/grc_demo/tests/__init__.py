from . import test_town
