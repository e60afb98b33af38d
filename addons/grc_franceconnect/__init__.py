from . import controllers
from . import logs
from . import models
from . import wizards

logs.install()
