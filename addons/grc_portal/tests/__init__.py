from . import (
    test_account,
    test_catalogue,
    test_confirmation,
    test_core_pages,
    test_drafts,
    test_files,
    test_filing,
    test_grc_request_draft_access,
    test_request_page,
    test_search,
    test_site,
)
