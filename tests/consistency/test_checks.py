"""The checks see what they must see: each is given a bad sample, and a good one."""

import pytest

from . import code_checks, language_checks, tree_checks
from .tree import Findings

MANIFEST = """{
    "name": "Sample",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "GRC Admiville",
    "category": "Services/GRC",
    "summary": "A sample.",
    "depends": ["mail"],
    "data": [],
}
"""
GLOSSARY = """# Glossary

## Words that we do not write

| Not | But | Why |
|---|---|---|
| ticket, email | demande | reason |
"""
PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

"""
NB = "\u00a0"


def addon(files=None, manifest=MANIFEST, name="grc_base"):
    """Return the files of one addon, under their whole names."""
    files = {"__manifest__.py": manifest, **(files or {})}
    return {f"addons/{name}/{key}": text for key, text in files.items()}


def po_entry(msgid, msgstr, flag=""):
    return f'{flag}msgid "{msgid}"\nmsgstr "{msgstr}"\n\n'


def assert_found(found: Findings, where: str, *words: str) -> None:
    assert found.checked
    lines = [line for line in found.problems if line.startswith(f"{where}: ")]
    assert lines, f"nothing at {where} in {found.problems}"
    for word in words:
        assert any(word in line for line in lines), f"{word} is not in {lines}"


def test_a_check_that_looked_at_nothing_fails():
    with pytest.raises(AssertionError, match="looked at nothing"):
        Findings().assert_clean()


def test_a_model_without_rights_or_access_test_is_found(sample):
    model = 'class Thing(models.Model):\n    _name = "grc.thing"\n'
    extension = 'class P(models.Model):\n    _inherit = "res.partner"\n'
    rows = "id,name,model_id:id,group_id:id,perm_read,perm_write\n"
    tree = sample(
        addon(
            {
                "models/grc_thing.py": model,
                "models/res_partner.py": extension,
                "security/ir.model.access.csv": rows,
            }
        )
    )
    found = code_checks.check_models_have_rights(tree)
    assert found.checked == 1
    assert_found(found, "addons/grc_base/models/grc_thing.py:1", "no row", "no test_")


def test_a_model_with_rights_and_access_test_passes(sample):
    tree = sample(
        addon(
            {
                "models/a.py": 'class A(models.Model):\n    _name = "grc.a"\n',
                "security/ir.model.access.csv": "id,model_id:id\nx,model_grc_a\n",
                "tests/test_grc_a_access.py": 'MODEL = "grc.a"\n',
            }
        )
    )
    code_checks.check_models_have_rights(tree).assert_clean()


def test_an_open_access_row_is_found(sample):
    head = "id,name,model_id:id,group_id:id,perm_read,perm_write,perm_create,"
    rows = f"{head}perm_unlink\na,a,m,,1,0,0,0\nb,b,m,base.group_portal,1,1,0,0\n"
    tree = sample(addon({"security/ir.model.access.csv": rows}))
    found = code_checks.check_access_rows(tree)
    path = "addons/grc_base/security/ir.model.access.csv"
    assert_found(found, f"{path}:2", "no group")
    assert_found(found, f"{path}:3", "perm_write", "base.group_portal")


def test_a_rule_without_source_or_unknown_article_is_found(sample):
    rules = '''def one(day):
    """Return one."""


def two(day):
    """Return two.

    Source: CRPA art. R. 112-11-2;
        CJA art. R421-1.
    """


def three(day):
    """Return three.

    Source: none (technical).
    """


def _four(day):
    pass
'''
    files = addon({"rules/days.py": rules})
    files["docs/legal.md"] = "`two()` R112-11-20, R421-1\n"
    files["tests/unit/test_days.py"] = "# CRPA R112-11-2\n"
    found = code_checks.check_rules_have_sources(sample(files))
    assert found.checked == 3
    path = "addons/grc_base/rules/days.py"
    assert_found(found, f"{path}:1", "one() cites no source")
    assert_found(found, f"{path}:5", "R112-11-2 is not in docs", "R421-1 is cited by")
    assert not [line for line in found.problems if "three" in line]


def test_a_test_that_does_not_exist_is_found_in_the_legal_page(sample):
    files = addon({"tests/test_ack.py": "def test_sent_once(): ...\n"})
    files["docs/legal.md"] = "`test_sent_once`\n`test_ack.py`\n`test_sent_twice`\n"
    found = code_checks.check_legal_page(sample(files))
    assert found.problems == ["docs/legal.md:3: there is no test test_sent_twice"]


def test_a_careless_route_is_found(sample):
    controller = """class C(http.Controller):
    @http.route("/a/<int:a_id>/b", type="http", auth="public")
    def a(self, a_id):
        return request.render("x", {})

    @http.route("/c", type="http", auth="user", methods=["GET"], website=True)
    def c(self):
        return request.render("x", {})
"""
    good = 'self.url_open(f"/a/{a.id}/b")\nself.url_open("/c?x=1")\n'
    files = addon({"controllers/c.py": controller, "tests/test_c.py": good})
    found = code_checks.check_routes(sample(files))
    where = "addons/grc_base/controllers/c.py:2"
    assert_found(found, where, "no methods=", "without website=True")
    assert len(found.problems) == 2
    (sample({}).root / "addons/grc_base/tests/test_c.py").write_text('"/c/d"\n"/a/1"\n')
    found = code_checks.check_routes(sample({}))
    assert_found(found, where, "/a/<int:a_id>/b is called by no test")
    assert_found(found, "addons/grc_base/controllers/c.py:6", "/c is called by no test")


def test_a_test_file_that_never_runs_is_found(sample):
    tree = sample(
        addon(
            {
                "tests/__init__.py": "from . import test_a\n",
                "tests/test_a.py": "",
                "tests/test_b.py": "",
            }
        )
    )
    found = code_checks.check_tests_are_imported(tree)
    assert_found(found, "addons/grc_base/tests/test_b.py", "not imported")
    assert len(found.problems) == 1


def test_a_sudo_without_reason_is_found(sample):
    code = """def f(self):
    self.sudo().a()
    self.sudo().b()  # sudo: on the line
    # sudo: a reason
    # on two lines
    self.sudo().c()
    # sudo: before the statement
    value = (
        self.env["x"]
        .sudo()
        .search([])
    )
    other = (
        self.env["x"].sudo()._y(1)  # sudo: inside the statement
    )
    # another comment
    self.sudo().d()
    if self.sudo().e():
        pass  # sudo: not here
"""
    view = (
        '<odoo>\n<t t-if="a.sudo()"/>\n<!-- sudo: own -->\n<t t-if="a.sudo()"/></odoo>'
    )
    tree = sample(addon({"models/m.py": code, "views/v.xml": view}))
    found = code_checks.check_sudo(tree)
    places = [line.split(": ")[0].split("/")[-1] for line in found.problems]
    assert places == ["m.py:2", "m.py:17", "m.py:18", "v.xml:2"]


def test_a_bad_manifest_is_found(sample):
    manifest = MANIFEST.replace("AGPL-3", "LGPL-3").replace("19.0.1.0.0", "19.0.1")
    manifest = manifest.replace('["mail"]', '["grc_portal"]')
    manifest = manifest.replace('"summary"', '"sumary"')
    found = tree_checks.check_manifests(sample(addon(manifest=manifest)))
    path = "addons/grc_base/__manifest__.py"
    assert_found(found, f"{path}:3", "the version must be")
    assert_found(found, f"{path}:4", "license must be")
    assert_found(found, f"{path}:7", "unknown key 'sumary'")
    assert_found(found, f"{path}:8", "may not depend on grc_portal")


def test_a_file_that_is_never_loaded_is_found(sample):
    manifest = MANIFEST.replace('"data": []', '"data": ["views/a.xml", "views/b.xml"]')
    files = {"views/a.xml": "<odoo/>", "data/c.xml": "<odoo/>"}
    found = tree_checks.check_manifest_files(sample(addon(files, manifest)))
    assert_found(found, "addons/grc_base/__manifest__.py", "views/b.xml")
    assert_found(found, "addons/grc_base/data/c.xml", "never loaded")


def test_a_table_that_the_rules_read_needs_no_manifest(sample):
    files = {"data/d.csv": "x", "data/e.csv": "x", "rules/d.py": 'FILE = "d.csv"\n'}
    found = tree_checks.check_manifest_files(sample(addon(files)))
    missing = "addons/grc_base/data/e.csv: is in no manifest: never loaded"
    assert found.problems == [missing]


def test_a_missing_readme_fragment_is_found(sample):
    found = tree_checks.check_readme_fragments(sample(addon({"readme/USAGE.md": "x"})))
    assert len(found.problems) == 4


def test_a_dead_link_in_a_document_is_found(sample):
    text = "[a](LICENSE)\n[b](docs/none.md)\n`./grc run`\n`./grc dance`\n`docs/no.md`\n"
    tree = sample({"README.md": text, "LICENSE": "x", "grc": "case run)\n"})
    found = tree_checks.check_documents(tree)
    lines = [line.split(":")[1] for line in found.problems]
    assert lines == ["2", "4", "5"]


def test_a_login_that_the_readme_forgets_is_found(sample):
    files = {"README.md": "`a@b`\n", "addons/grc_demo/logins.txt": "a@b\tx\nc\tx\n"}
    found = tree_checks.check_logins(sample(files))
    assert found.problems == ["addons/grc_demo/logins.txt:2: README.md has no c"]


def test_a_dependency_without_reason_is_found(sample):
    files = {
        "docs/dependencies.md": "`lxml`, `axe-core`\n",
        "requirements.txt": "# why\nlxml==5.4.0\nzeep==4.3.3\n",
        "package.json": '{\n  "dependencies": {\n    "axe-core": "4.14.1"\n  }\n}\n',
    }
    found = tree_checks.check_dependencies(sample(files))
    assert found.checked == 3
    assert_found(found, "requirements.txt:3", "zeep")
    assert len(found.problems) == 1


def test_a_mirror_or_a_machine_path_is_found(sample):
    home, work = "/ro" + "ot/x", "/wo" + "rk/main"
    text = f"a mirror.test.invalid\n{home}\nsee {work}\n/usr/share\n$HOME/stuff/x\n"
    found = tree_checks.check_no_machine(sample({"grc": text}), {"mirror.test.invalid"})
    assert [line.split(":")[1] for line in found.problems] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (po_entry("A", "B"), None),
        (po_entry("A", "%"), None),
        (po_entry("A", ""), "not translated"),
        (po_entry("A", "B", "#, fuzzy\n"), "fuzzy"),
        ("", "missing"),
        (po_entry("C", "D"), "missing"),
        ("#~ " + po_entry("A", "B").replace("\nm", "\n#~ m"), "missing"),
    ],
)
def test_a_missing_translation_is_found(sample, entry, problem):
    pot, french = PO + po_entry("A", ""), PO + entry
    tree = sample(addon({"i18n/grc_base.pot": pot, "i18n/fr.po": french}))
    found = language_checks.check_translations(tree)
    assert found.checked == 1
    if problem:
        assert len(found.problems) == 1 and problem in found.problems[0]
        assert found.problems[0].startswith("addons/grc_base/i18n/fr.po")
    else:
        assert not found.problems


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [("%(a)s of %(b)s.", "%(a)s."), ("%s", "x"), ("{{ object.a }}", "{{ object.b }}")],
)
def test_a_changed_placeholder_is_found(sample, msgid, msgstr):
    pot, french = PO + po_entry(msgid, ""), PO + po_entry(msgid, msgstr)
    tree = sample(addon({"i18n/grc_base.pot": pot, "i18n/fr.po": french}))
    found = language_checks.check_translations(tree)
    assert "other placeholders" in found.problems[0]


def test_a_term_missing_from_the_pot_is_found(sample):
    code = 'def f(self):\n    self.env._("Known")\n    return self.env._("New")\n'
    view = '<odoo><record><field name="arch"><list string="New list"/></field></record>'
    files = {
        "i18n/grc_base.pot": PO + po_entry("Known", ""),
        "models/m.py": code,
        "views/v.xml": f"{view}</odoo>",
    }
    found = language_checks.check_pot_is_fresh(sample(addon(files)))
    assert found.checked == 3
    assert_found(found, "addons/grc_base/models/m.py:3", "'New'")
    assert_found(found, "addons/grc_base/views/v.xml:1", "'New list'")


def test_a_french_source_is_found(sample):
    pot = PO + po_entry("Save", "") + po_entry("Requête", "")
    found = language_checks.check_sources_are_english(
        sample(addon({"i18n/grc_base.pot": pot}))
    )
    assert found.checked == 2 and len(found.problems) == 1


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("Votre ticket est prêt.", True),
        ("Vos tickets", True),
        ("Un EMAIL", True),
        ("%(email)s", False),
        ("écrire à email@example.com", False),
        ("Votre demande", False),
        ("billetticket", False),
    ],
)
def test_a_forbidden_word_is_found(sample, text, bad):
    files = addon({"i18n/fr.po": PO + po_entry("A", text)})
    tree = sample({**files, "docs/glossary.md": GLOSSARY})
    assert language_checks.forbidden_words(tree) == {
        "ticket": "demande",
        "email": "demande",
    }
    assert bool(language_checks.check_vocabulary(tree).problems) is bad


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        (f"Attention{NB}: c’est prêt{NB}!", False),
        ("Attention : c’est prêt", True),
        ("Attention: prêt", True),
        (f"C'est prêt{NB}!", True),
        ("Prêt!", True),
        (f"«{NB}Prêt{NB}»", False),
        ("« Prêt »", True),
        ("«Prêt»", True),
        ("Ouvert de 08:30 à 12:00.", False),
        ("Voir https://example.com/?a=1;b=2", False),
        ("<a href='https://example.com/a?b'>l’adresse</a>", False),
        ("Le 3 mai...", True),
        ("Le 3 mai…", False),
        ('Le bouton \\"Envoyer\\"', True),
        (f"Total&nbsp;: %(total)s{NB};", False),
    ],
)
def test_french_typography_is_checked(sample, text, bad):
    tree = sample(addon({"i18n/fr.po": PO + po_entry("A", text)}))
    assert bool(language_checks.check_typography(tree).problems) is bad


def test_the_town_s_records_are_read_as_french(sample):
    data = """<odoo><record id="a" model="grc.service">
<field name="name">L'accueil</field>
<field name="code">L'accueil</field>
<field name="text" type="html"><p>Bonjour !</p></field>
</record></odoo>"""
    tree = sample(addon({"data/a.xml": data}, name="grc_demo"))
    found = language_checks.check_typography(tree)
    assert [line.split(":")[1] for line in found.problems] == ["2", "4"]


def test_the_catalogue_is_read_as_french(sample):
    data = """{
  "code": "CU-SALLE",
  "name": "La salle : l'accueil",
  "formula": "a : b"
}"""
    tree = sample(addon({"catalogue/culture/CU-SALLE.json": data}, name="grc_form"))
    found = language_checks.check_typography(tree)
    assert {line.split(":")[1] for line in found.problems} == {"3"}
    assert len(found.problems) == 2
