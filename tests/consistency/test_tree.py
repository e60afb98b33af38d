"""The tree keeps the house's rules (docs: CONTRIBUTING.md, « Consistency »)."""

import pytest

from . import code_checks, language_checks, tree_checks

CHECKS = [
    code_checks.check_models_have_rights,
    code_checks.check_access_rows,
    code_checks.check_rules_have_sources,
    code_checks.check_legal_page,
    code_checks.check_routes,
    code_checks.check_tests_are_imported,
    code_checks.check_sudo,
    tree_checks.check_manifests,
    tree_checks.check_manifest_files,
    tree_checks.check_readme_fragments,
    tree_checks.check_documents,
    tree_checks.check_logins,
    tree_checks.check_dependencies,
    language_checks.check_translations,
    language_checks.check_pot_is_fresh,
    language_checks.check_sources_are_english,
    language_checks.check_vocabulary,
    language_checks.check_typography,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__[6:])
def test_tree(tree, check):
    check(tree).assert_clean()


def test_no_machine_is_named(tree):
    found = tree_checks.check_no_machine(tree, tree_checks.mirror_hosts())
    found.assert_clean()
