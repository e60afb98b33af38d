"""The catalogue that ships: every need has its prestation, each can be filled."""

import csv
import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import catalogue_page
import json_schema_check
import prestation_schema
import pytest
import rules_loader
from grc_rules.grc_base import identifiers
from grc_rules.grc_form import filling, linter, portable
from grc_rules.grc_form.schema import check_schema, questions, walk
from grc_rules.grc_form.types import TYPES, Context
from grc_rules.grc_sve.mentions import SILENCE_NATURES, names_a_period

answers = rules_loader.load_beside("grc_form", "answers")

CATALOGUE = Path(__file__).parents[2] / "addons/grc_form/catalogue"
FILES = {path.stem: path for path in sorted(CATALOGUE.glob("*/*.json"))}
MODELS = {code: json.loads(path.read_bytes()) for code, path in FILES.items()}
SCHEMA = json.loads(prestation_schema.text())
ROWS_FILE = Path(__file__).parent / "data" / "catalogue_rows.csv"
with ROWS_FILE.open(encoding="utf-8", newline="") as stream:
    ROWS = {row["code"]: row for row in csv.DictReader(stream)}
TODAY = date(2026, 11, 24)
CONTEXT = Context(TODAY)
SEEDS = range(20)
FILLERS = {code: answers.Filler(own["form"], TODAY) for code, own in MODELS.items()}
# Opened electronically although the law leaves it out of that right, or the contrary.
NOT_ONLINE = {"PO-ERP": "décret 2016-1491"}

each = pytest.mark.parametrize("code", FILES)


def facts(own):
    documents = {
        document["code"]: {
            key: document[key] for key in ("nature", "legal_basis", "indispensable")
        }
        for document in own["documents"]
    }
    return linter.Facts(
        documents=documents,
        audience=tuple(own["audience"]),
        domicile_case=own["domicile_case"],
        retention=own["retention"],
        privacy=own["privacy"],
    )


# === NOTHING IS MISSING === #


def test_every_need_has_its_prestation():
    assert list(FILES) and set(FILES) == set(ROWS)
    assert len(ROWS) == 92
    for code, row in ROWS.items():
        assert MODELS[code]["name"] == row["name"]


def test_every_entry_of_the_white_paper_is_served():
    served = {own["references"]["white_paper"] for own in MODELS.values()} - {""}
    wanted = {row["white_paper"] for row in ROWS.values()} - {""}
    assert served == wanted
    for code, row in ROWS.items():
        assert MODELS[code]["references"]["white_paper"] == row["white_paper"]


def test_only_what_the_law_leaves_out_is_not_online():
    for code, own in MODELS.items():
        if {"portal", "mail"} & set(own["channels"]):
            continue
        assert own["law"]["excluded"], code
        assert NOT_ONLINE[code] in own["law"]["note"].replace("n°\u00a0", "")


def test_who_must_come_is_told_why():
    for code, own in MODELS.items():
        assert own["needs_presence"] == bool(own["presence_note"]), code


# === EACH FILE === #


@each
def test_it_is_written_as_the_software_writes_it(code):
    content = FILES[code].read_bytes()
    parsed = portable.parse(content)
    assert parsed.faults == []
    assert portable.dump(parsed.data) == content


@each
def test_the_check_finds_no_error(code):
    own = MODELS[code]
    assert check_schema(own["form"]) == []
    found = linter.lint(own["form"], facts(own))
    assert [one for one in found if one.level == "error"] == []
    # An optional warning is left for one reason only: no text names the document.
    assert {one.code for one in found} <= {
        "piece_without_basis",
        "retention_to_confirm",
    }


def test_what_is_held_back_is_held_back_for_its_regime():
    held = {
        code: own["law"]["note"]
        for code, own in MODELS.items()
        if own["law"]["regime"] == "unknown"
    }
    for code, note in held.items():
        assert "À valider par la collectivité" in note, code
    for code in set(MODELS) - set(held):
        law, nature = MODELS[code]["law"], MODELS[code]["nature"]
        if law["regime"] == "none":
            assert nature not in SILENCE_NATURES, code
            continue
        assert law["source"] and law["months"] >= 1, code
        if law["regime"] == "svr" and law["appeal_text"]:
            assert names_a_period(law["appeal_text"]), code
        assert law["appeal_text"] or not law["prior_appeal"], code
    # ``pytest -s`` shows the list.
    print(f"{len(held)} held back:")
    for code, note in held.items():
        print(f"{code}: {note}")
    assert 0 < len(held) < 46


@each
def test_the_service_and_the_sheet_are_written(code):
    own = MODELS[code]
    for key in ("name", "summary", "description", "service", "retention"):
        assert own[key], key
    assert len(own["summary"]) <= 110
    assert own["theme"] == FILES[code].parent.name
    # Legal persons have their own space only if the sheet is for them.
    assert own["audience"]
    assert identifiers.mask_nir(json.dumps(own["form"])) == json.dumps(own["form"])


# === ALL TOGETHER === #


def test_a_code_has_one_type():
    known = defaultdict(set)
    for own in MODELS.values():
        for question in questions(own["form"]):
            known[question["code"]].add(question["type"])
    assert {code: kinds for code, kinds in known.items() if len(kinds) > 1} == {}


def test_a_code_of_a_list_gives_one_meaning_to_a_value():
    labels = defaultdict(set)
    for own in MODELS.values():
        for question in questions(own["form"]):
            for option in question.get("options") or ():
                labels[question["code"], option["value"]].add(option["label"])
    assert {key: found for key, found in labels.items() if len(found) > 1} == {}


def test_a_document_has_one_definition_and_one_name():
    known, names = {}, defaultdict(set)
    for code, own in MODELS.items():
        for document in own["documents"]:
            first = known.setdefault(document["code"], document)
            assert document == first, (code, document["code"])
            names[document["name"]].add(document["code"])
    assert {name: codes for name, codes in names.items() if len(codes) > 1} == {}


def test_services_are_those_of_the_table():
    used = {own["service"] for own in MODELS.values()}
    assert len(used) <= 20
    folded = {name.casefold().replace("é", "e") for name in used}
    assert len(folded) == len(used)


def test_a_proof_of_domicile_says_its_case():
    for code, own in MODELS.items():
        asks = any(
            document["nature"] == "proof_of_domicile" for document in own["documents"]
        )
        assert asks == bool(own["domicile_case"]), code


# === FILLED === #


def test_answers_of_every_type_can_be_drawn():
    draw = answers.Draw
    missing = [kind for kind in TYPES if not hasattr(draw, f"_{kind}")]
    assert missing == ["computed"]


@each
def test_right_answers_are_accepted(code):
    form, filler = MODELS[code]["form"], FILLERS[code]
    seen = set()
    for seed in SEEDS:
        right = filler.valid(seed)
        seen.add(json.dumps(right, sort_keys=True))
    # Only a form of a few choices may be filled twice in the same way.
    assert len(seen) > 1
    right = filler.valid(3)
    assert right == answers.Filler(form, TODAY).valid(3)
    assert filling.problems(form, right, CONTEXT) == {}
    assert filling.stop(form, right, today=TODAY) is None
    assert filling.prune(form, right, today=TODAY) == right


@each
def test_what_is_posted_page_by_page_gives_the_same_answers(code):
    form = MODELS[code]["form"]
    right = FILLERS[code].valid(1)
    given = answers.files_only(form, right)
    for page, raw in answers.posted(form, right).items():
        given, unread = filling.read_page(form, page, raw, given, CONTEXT)
        assert unread == {}
    assert filling.prune(form, given, today=TODAY) == right


@each
def test_wrong_answers_are_refused_where_they_are(code):
    form, count = MODELS[code]["form"], 0
    for wrong in answers.Mistakes(FILLERS[code], FILLERS[code].valid(2)):
        found = filling.problems(form, wrong.answers, CONTEXT, page=wrong.page)
        here = [path for path in found if f"{path}.".startswith(f"{wrong.path}.")]
        assert here, (wrong.what, wrong.path)
        if wrong.is_alone:
            assert here == list(found), wrong.what
        count += 1
    assert count >= 3


@each
def test_every_check_and_every_stop_can_apply(code):
    form, filler = MODELS[code]["form"], FILLERS[code]
    for rule in form["checks"]:
        refused = filler.refused_by(rule["code"], 0)
        assert refused is not None, rule["code"]
        paths = {path.split(".")[0] for path in rule["at"]} or {""}
        found = filling.problems(form, refused, CONTEXT)
        blocks = {
            place.item["code"]: place.block["code"]
            for place in walk(form)
            if place.block
        }
        paths = {blocks.get(path, path) for path in paths}
        assert {path.split(".")[0] for path in found} <= paths
    for rule in form["stops"]:
        refused = filler.refused_by(rule["code"], 0)
        assert refused is not None, rule["code"]
        stop = filling.stop(form, refused, today=TODAY)
        assert stop["code"] == rule["code"]


@each
def test_everything_that_is_asked_is_asked_of_somebody(code):
    """Each question, piece and explanation is shown for some right answers."""
    form, filler = MODELS[code]["form"], FILLERS[code]
    in_tables = {
        place.item["code"]
        for place in walk(form)
        if place.block and place.block["kind"] == "question"
    }
    left = [p.item["code"] for p in walk(form) if p.item["code"] not in in_tables]
    kinds = MODELS[code]["audience"]
    while left:
        right = filler.showing(left[0], 0)
        if right is None and kinds:
            filler = answers.Filler(form, TODAY, profile={"kind": kinds[-1]})
            kinds = kinds[:-1]
            continue
        assert right is not None, left[0]
        left = [one for one in left if one not in filler.shown]


# === WHAT A TOWN MUST VALIDATE === #


def test_the_page_for_the_lawyers_is_up_to_date():
    written = catalogue_page.TARGET.read_text(encoding="utf-8")
    assert written == catalogue_page.text(), "run scripts/catalogue_page.py"


# === THE FILES, AS THE IMPORTER READS THEM === #


@each
def test_each_model_is_read_and_is_its_own_normal_form(code):
    content = FILES[code].read_bytes()
    parsed = portable.parse(content)
    assert parsed.faults == []
    written = portable.dump(parsed.data)
    assert portable.dump(portable.parse(written).data) == written
    assert parsed.data["code"] == code
    assert parsed.data["theme"] == FILES[code].parent.name
    assert json_schema_check.wrong(json.loads(content), SCHEMA, SCHEMA) == []


def test_a_code_keeps_its_type_in_the_whole_catalogue():
    types = {}
    for code, path in FILES.items():
        for name, kind, _line, _path in portable.parse(path.read_bytes()).types:
            assert types.setdefault(name, kind) == kind, (code, name)


def test_packs_are_the_folders():
    packs = json.loads((CATALOGUE / "packs.json").read_text(encoding="utf-8"))
    assert {path.parent.name for path in FILES.values()} == {
        pack["code"] for pack in packs
    }
