"""What the people of Admiville asked. Texts in French: they are data.

``key``: makes a second run harmless; ``by``: who files; ``days_ago``: for what is
typed by an agent; ``then``: (user, method of the request, arguments…).
"""

from .desk import DESK
from .electronic import ELECTRONIC

SAMPLES = ELECTRONIC + DESK
