from odoo.tests import tagged

from odoo.addons.grc_form.tests.data_common import DataMixin, address

from ..controllers import addresses
from .form_common import FormPortalCommon, page, question


@tagged("post_install", "-at_install")
class TestFormAddresses(DataMixin, FormPortalCommon):
    """Our server asks the State for addresses; nobody else knows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.ban,) = cls._use_sources("ban")

    def setUp(self):
        super().setUp()
        addresses.FLOOD.forget()

    def suggested(self, text, status=200):
        answer = self.url_open("/demarches/adresses", params={"q": text})
        self.assertEqual(answer.status_code, status)
        return answer

    def test_addresses_are_suggested_by_our_server(self):
        with self.services() as fake:
            fake.says("geocodage", address())
            answer = self.suggested("5 rue du F")
            (found,) = answer.json()
            self.assertEqual(found["label"], "5 rue du Four 57000 Metz")
            self.assertEqual(found["street"], "5 rue du Four")
            self.assertEqual((found["zip"], found["city"]), ("57000", "Metz"))
            self.assertIn("private", answer.headers["Cache-Control"])

    def test_no_address_is_suggested_when_the_source_is_down(self):
        with self.services() as fake:
            fake.fails("geocodage")
            self.assertEqual(self.suggested("5 rue du F").json(), [])
            fake.says("geocodage", {"features": "odd"})
            self.assertEqual(self.suggested("6 rue du F").json(), [])
        self.ban.active = False
        with self.services() as fake:
            self.assertEqual(self.suggested("7 rue du F").json(), [])
            self.assertFalse(fake.calls)

    def test_a_flood_of_addresses_is_stopped(self):
        with self.services():
            for _rank in range(addresses.FLOOD.limit):
                addresses.FLOOD.allows("127.0.0.1")
            self.suggested("5 rue du F", 429)

    def test_the_form_says_whether_addresses_are_suggested(self):
        self._publish(page("one", question("d_where", "address")))
        where = "//form[@id='grc-form-page'][@data-addresses]"
        self.assertTrue(self.begin().all(where))
        self.ban.active = False
        self.assertFalse(self.begin().all(where))
