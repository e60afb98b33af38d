"""Every clock explains itself: fact, rule, article, effect."""

from datetime import date

from grc_rules.grc_sve.clock import STEP_CODES, Step, evaluate
from sve_cases import RECEIVED, asked, event, make_facts

ASKED = asked("2026-09-22", "2026-10-07")
OPTIONAL = asked("2026-09-22", "2026-10-07", indispensable=False)
PRODUCED = event("all_produced", "2026-09-30")
TRANSFERRED = event("transferred", "2026-09-23")
ARRIVED = event("received_by_competent", "2026-09-25")
DECIDED = event("express_decision", "2026-11-10")
LATE = event("express_decision", "2026-11-20")
ASKED_WHY = event("reasons_requested", "2026-12-01")
TOLD_WHY = event("reasons_given", "2026-12-20")

CASES = {
    "nominal": make_facts(),
    "question": make_facts(nature="question", regime="none"),
    "abusive": make_facts(nature="abusive"),
    "instant": make_facts(event("are_instant", "2026-09-15")),
    "early": make_facts(event("ack_sent", "2026-09-14")),
    "travelling": make_facts(TRANSFERRED, regime="sva"),
    "transferred": make_facts(TRANSFERRED, ARRIVED, regime="sva"),
    "suspended": make_facts(ASKED, PRODUCED, mandatory_prior_appeal=True),
    "restarted": make_facts(ASKED, PRODUCED, regime="sva"),
    "pending": make_facts(ASKED, regime="sva"),
    "too late": make_facts(asked("2026-11-20", "2026-12-05")),
    "optional": make_facts(OPTIONAL),
    "far": make_facts(distance_months=1),
    "reasons asked": make_facts(ASKED_WHY),
    "reasons given": make_facts(ASKED_WHY, TOLD_WHY),
    "decided": make_facts(DECIDED),
    "decided late": make_facts(LATE),
}


def codes(name: str) -> list[str]:
    return [step.code for step in evaluate(CASES[name]).steps]


def step_of(name: str, code: str) -> Step:
    [step] = [step for step in evaluate(CASES[name]).steps if step.code == code]
    return step


def test_the_cases_use_exactly_the_known_codes():
    assert {code for name in CASES for code in codes(name)} == set(STEP_CODES)


def test_nominal_case_is_explained_in_order():
    assert evaluate(make_facts()).steps == (
        Step(
            "received",
            RECEIVED,
            "CRPA L112-13",
            {"territory": "FR-MET", "nature": "request"},
        ),
        Step("aee_limit", date(2026, 9, 16), "CRPA R112-11-2"),
        Step("are_limit", date(2026, 9, 29), "CRPA R112-11-2", {"since": RECEIVED}),
        Step(
            "silence_starts",
            RECEIVED,
            "CRPA L114-3",
            {"regime": "svr", "months": 2, "basis": "default"},
        ),
        Step(
            "implicit_rejection",
            date(2026, 11, 15),
            "CRPA L231-4",
            {"effective_from": date(2026, 11, 16)},
        ),
        Step("appeal_limit", date(2027, 1, 18), "CJA R421-2", {"months": 2}),
    )


def test_suspension_says_how_many_days_and_the_new_end():
    step = step_of("suspended", "pieces_suspended")
    assert step.on == date(2026, 11, 23)
    assert step.article == "CRPA L114-5 al. 3"
    assert step.params == {
        "notified_on": date(2026, 9, 22),
        "deadline": date(2026, 10, 7),
        "until": date(2026, 9, 30),
        "days": 8,
    }


def test_restart_says_when_the_file_was_complete():
    step = step_of("restarted", "pieces_restarted")
    assert step.on == date(2026, 11, 30)
    assert step.params["until"] == date(2026, 9, 30)


def test_pending_file_has_no_end():
    assert step_of("pending", "pieces_pending").on is None
    assert codes("pending")[-1] == "pieces_pending"


def test_event_before_the_reception_is_shown_as_ignored():
    step = step_of("early", "event_before_reception")
    assert step.params == {"kind": "ack_sent", "event_on": date(2026, 9, 14)}


def test_express_decision_says_which_j_it_prevented():
    step = step_of("decided", "express_decision_in_time")
    assert step.params == {"before": date(2026, 11, 15)}
    assert "implicit_rejection" not in codes("decided")


def test_late_express_decision_follows_the_implicit_one():
    assert codes("decided late")[-3:-1] == [
        "implicit_rejection",
        "express_decision_late",
    ]


def test_every_step_cites_an_article_but_the_special_prior_appeal():
    silent = {
        step.code
        for facts in CASES.values()
        for step in evaluate(facts).steps
        if not step.article
    }
    assert silent == {"prior_appeal_first"}
