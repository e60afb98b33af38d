from . import controllers
from . import logs
from . import models

logs.install()
