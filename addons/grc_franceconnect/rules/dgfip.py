"""« Impôt particulier » of the DGFiP: the place of its connector, not written yet.

Its fields, its address and its errors come with the habilitation: nothing of them is
guessed here. To write it: fill ``data``, ``scopes_by_datum``, ``ask`` and ``_told``
from the contract, then ``is_ready``.
"""

from .form_rules import data
from .particulier import Particulier


class Dgfip(Particulier):
    """Be the income tax of the citizen, once its contract is known.

    Source: none (technical): no public documentation of this API
    """

    code = "dgfip"
    # No address is known: this one can never exist (RFC 2606).
    base_url = "https://dgfip.invalid"
    is_ready = False

    def ask(self, key: str, settings):
        """Refuse: there is nothing to ask yet.

        :raise DataError: ``misconfigured``

        Source: none (technical)
        """
        raise data.DataError("misconfigured")

    def _values(self, answer, key):
        raise data.DataError("misconfigured")
