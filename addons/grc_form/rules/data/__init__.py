"""What other administrations publish or hold: one connector for each service."""

from .ban import Ban
from .base import Ask, Connector, DataError, Datum, Settings
from .rna import Rna
from .sirene import Sirene

__all__ = [
    "CONNECTORS",
    "Ask",
    "Connector",
    "DataError",
    "Datum",
    "Settings",
]

# Those that need no token of a citizen.
CONNECTORS: dict[str, Connector] = {
    connector.code: connector for connector in (Sirene(), Rna(), Ban())
}
