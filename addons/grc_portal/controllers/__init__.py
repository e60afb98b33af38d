from . import (
    account,
    catalogue,
    certificate,
    filing,
    filing_terms,
    pieces,
    verification,
    website,
)
