from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from ..models.res_company_convention import CONVENTION_FIELDS
from ..rules import clock
from .sve_common import SveCommon

ASKED = (
    ("missing_notified", date(2026, 9, 22), {"deadline": "2026-10-07"}),
    ("missing_notified", date(2026, 9, 30), {"deadline": "2026-10-15"}),
)
OPTIONAL = (
    (
        "missing_notified",
        date(2026, 9, 22),
        {"deadline": "2026-10-07", "indispensable": False},
    ),
)
# Setting turned over -> day of the filing, facts, and the only days that it moves.
CASES = {
    "grc_effect_from_next_day": (
        "2026-06-30",
        (),
        {
            "implicit_on": date(2026, 8, 31),
            "implicit_effective_from": date(2026, 9, 1),
        },
    ),
    "grc_extend_silence": (
        "2026-09-15",
        (),
        {
            "implicit_on": date(2026, 11, 16),
            "implicit_effective_from": date(2026, 11, 17),
        },
    ),
    "grc_appeal_from_effect": (
        "2026-12-30",
        (),
        {"appeal_last_day": date(2027, 5, 3)},
    ),
    "grc_overlap_once": (
        "2026-09-15",
        ASKED,
        {
            "implicit_on": date(2026, 12, 8),
            "implicit_effective_from": date(2026, 12, 9),
            "appeal_last_day": date(2027, 2, 9),
        },
    ),
    "grc_non_indispensable_suspends": (
        "2026-09-15",
        OPTIONAL,
        {
            "implicit_on": date(2026, 11, 30),
            "implicit_effective_from": date(2026, 12, 1),
            "appeal_last_day": date(2027, 2, 1),
        },
    ),
    # What is not abusive keeps its silence whatever the setting.
    "grc_abusive_keeps_silence": ("2026-09-15", (), {}),
    # Good Friday 2027, off in this commune.
    "grc_local_holidays_at_court": (
        "2026-11-25",
        (),
        {"appeal_last_day": date(2027, 3, 26)},
    ),
    "grc_works_saturday": (
        "2026-09-18",
        (),
        {"aee_latest": date(2026, 9, 19), "are_latest": date(2026, 9, 30)},
    ),
}


class TestClockConvention(SveCommon):
    """The disputed points: settings of the town, kept by each request."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.town.grc_territory = "FR-AM-GF"

    def _receive(self, day, facts):
        """File a mail that waits for its acknowledgement, then tell the facts."""
        with freeze_time(f"{day} 08:00:00"):
            request = self._file(self.svr, "mail", is_suspect=True)
        for kind, on, payload in facts:
            request._log_event(kind, on=on, **payload)
        return request

    def _days(self, request):
        return {name: request[name] for name in clock.CLOCK_DAYS}

    def test_every_choice_of_the_rules_has_its_setting(self):
        names = {name for name, _point in CONVENTION_FIELDS.values()}
        self.assertEqual(names, set(clock.DEFAULTS.__dataclass_fields__))
        self.assertEqual(set(CASES), set(CONVENTION_FIELDS))
        self.assertEqual(self.town._grc_conventions(), clock.DEFAULTS)

    def test_each_setting_moves_its_days_alone_and_no_open_file(self):
        for field, (day, facts, moved) in CASES.items():
            with self.subTest(setting=field):
                before = self._receive(day, facts)
                days = self._days(before)
                self.town[field] = not self.town[field]
                after = self._receive(day, facts)
                self.assertEqual(self._days(after), days | moved)
                for name in moved:
                    self.assertNotEqual(days[name], moved[name])
                self._compute_again(before)
                self.assertEqual(self._days(before), days)
                self.town[field] = not self.town[field]
                self._compute_again(after)
                self.assertEqual(self._days(after), days | moved)

    def _compute_again(self, request):
        for name in clock.CLOCK_DAYS:
            self.env.add_to_compute(request._fields[name], request)
        self.env.flush_all()
        self.env.invalidate_all()

    def test_a_later_fact_follows_the_choices_of_the_reception(self):
        request = self._receive("2026-09-15", ASKED[:1])
        self.town.grc_overlap_once = True
        kind, on, payload = ASKED[1]
        request._log_event(kind, on=on, **payload)
        self.assertEqual(request.implicit_on, date(2026, 12, 15))

    def test_what_is_printed_follows_the_choices_of_the_reception(self):
        before = self._receive("2026-09-15", ())
        self.town.grc_extend_silence = True
        after = self._receive("2026-09-15", ())
        self.assertEqual(before._implicit_day_to_print(), date(2026, 11, 15))
        self.assertEqual(after._implicit_day_to_print(), date(2026, 11, 16))

    def test_the_explanation_tells_the_choices_that_are_not_ours(self):
        before = self._receive("2026-09-15", ())
        self.town.write(
            {"grc_extend_silence": True, "grc_local_holidays_at_court": False}
        )
        after = self._receive("2026-09-15", ())
        points = {point for _name, point in CONVENTION_FIELDS.values()}
        self.assertFalse(
            points & {line["article"] for line in before._legal_explanation()}
        )
        lines = after._legal_explanation()
        labels = self.env["res.company"]._fields
        silence = labels["grc_extend_silence"].string
        court = labels["grc_local_holidays_at_court"].string
        self.assertEqual(
            [(line["article"], line["text"]) for line in lines[-2:]],
            [
                ("G2", f"Setting at the reception: {silence}."),
                ("G8", f"Setting at the reception, off: {court}."),
            ],
        )
        self.assertIn("Monday 16 November 2026", {line["day"] for line in lines})

    def test_a_request_older_than_the_settings_follows_the_defaults(self):
        self.town.grc_extend_silence = True
        request = self._receive("2026-09-15", ())
        request._write_facts({"clock_conventions": False})
        self.assertEqual(request.implicit_on, date(2026, 11, 15))

    def test_nobody_writes_the_choices_of_a_request(self):
        request = self._receive("2026-09-15", ())
        for user in (self.agent, self.manager, self.env.ref("base.user_root")):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                request.with_user(user).write({"clock_conventions": {}})
        with self.assertRaises(AccessError):
            self._as(request, self.citizen).read(["clock_conventions"])

    def test_the_administrator_alone_settles_a_point(self):
        self._as(self.town, self.manager).grc_works_saturday = True
        for user in (self.service_head, self.agent, self.desk_agent):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(self.town, user).grc_works_saturday = False
        with self.assertRaises(AccessError):
            self._as(self.far_town, self.manager).grc_works_saturday = True

    def test_both_forms_show_each_point_with_its_reference(self):
        for name in ("inherit_grc_base", "authority"):
            view = self.env.ref(f"grc_base.res_company_view_form_{name}")
            arch = self.env["res.company"].get_view(view.id, "form")["arch"]
            for field, (_name, point) in CONVENTION_FIELDS.items():
                with self.subTest(view=name, field=field):
                    self.assertIn(f'name="{field}"', arch)
                    self.assertIn(f">{point}<", arch)
