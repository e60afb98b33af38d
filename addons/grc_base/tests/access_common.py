from odoo.exceptions import AccessError, UserError

from .common import GrcCommon

OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


class AccessCommon(GrcCommon):
    """Matrices of rights: who, on which record, does what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.personas = {
            name: getattr(cls, name)
            for name in (
                "agent",
                "other_agent",
                "attached_agent",
                "social_agent",
                "service_head",
                "manager",
                "desk_agent",
                "other_company_agent",
                "plain_user",
                "citizen",
                "other_citizen",
                "public",
            )
        }

    def assert_matrix(self, record, **rights):
        """Check each right of each persona on ``record``; those not named have none.

        :param rights: persona -> letters of ``OPERATIONS``
        """
        unknown = set(rights) - set(self.personas)
        self.assertFalse(unknown)
        for name, user in self.personas.items():
            own = self._as(record, user)
            found = "".join(
                letter
                for letter, operation in OPERATIONS.items()
                if own.has_access(operation)
            )
            with self.subTest(record=record.display_name, persona=name):
                self.assertEqual(found, rights.get(name, ""))
                self.assert_finds(record, user, "r" in found)

    def assert_finds(self, record, user, expected):
        """Check that ``user`` finds, counts, groups and reads ``record``, or not."""
        model = self._as(record.browse(), user)
        domain = [("id", "=", record.id)]
        if not model.has_access("read"):
            self.assertFalse(expected)
            for method in ("search", "search_count"):
                with self.assertRaises(AccessError):
                    getattr(model, method)(domain)
            return
        count = int(expected)
        self.assertEqual(model.search_count(domain), count)
        self.assertEqual(len(model.search(domain)), count)
        self.assertEqual(model._read_group(domain, [], ["__count"]), [(count,)])
        # as a list on the screen asks it
        lines = model.web_search_read(domain, {"display_name": {}})
        self.assertEqual(lines["length"], count)
        if not expected:
            with self.assertRaises(AccessError):
                self._as(record, user).read(["display_name"])

    def assert_never(self, record, vals, *users):
        """Check that nobody creates, changes nor deletes ``record`` by hand."""
        for user in users or (*self.personas.values(), self.env.ref("base.user_admin")):
            own = self._as(record, user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    own.create(vals)
                with self.assertRaises(UserError):
                    own.write(vals)
                with self.assertRaises(UserError):
                    own.unlink()
