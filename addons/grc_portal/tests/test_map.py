import os
import shutil
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError

from ..const import MAP_TEMPLATE
from ..controllers.map import FLOOD
from ..models import res_company_map
from ..tile_cache import TileCache, key_of
from .fake_tiles import PICTURE, FakeTiles
from .http_common import PortalCommon

ZOOM, X, Y = 14, 8119, 5691
TILE = f"/demarches/carte/{ZOOM}/{X}/{Y}"


class MapCommon(PortalCommon):
    """A town with a map, whose tiles come from a service on this machine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fake = FakeTiles()
        cls.addClassCleanup(cls.fake.stop)
        cls.town.write(
            {
                "grc_map_template": cls.fake.template,
                "grc_map_latitude": 48.1,
                "grc_map_longitude": -1.6,
            }
        )

    def setUp(self):
        super().setUp()
        self.fake.reset()
        FLOOD.forget()
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        self.cache = TileCache(Path(folder), 256 * 1024 * 1024)
        self.patch(
            type(self.env["res.company"]), "_grc_tile_cache", lambda _self: self.cache
        )
        self.sign_in()

    def tile(self, url=TILE, status=200, **headers):
        answer = self.url_open(url, headers=headers, allow_redirects=False)
        self.assertEqual(answer.status_code, status, answer.text[:200])
        return answer

    def resumed(self):
        """Forget that the service has just failed."""
        self.cache.resume(self.fake.base.partition("//")[2])


class TestMapTiles(MapCommon):
    def test_a_tile_comes_through_our_server(self):
        answer = self.tile()
        self.assertEqual(answer.content, PICTURE)
        self.assertEqual(answer.headers["Content-Type"], "image/png")
        self.assertEqual(answer.headers["Cache-Control"], "public, max-age=604800")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertNotIn("Set-Cookie", answer.headers)
        self.assertEqual(self.fake.paths, [f"/{ZOOM}/{X}/{Y}.png"])

    def test_a_tile_is_asked_once(self):
        etag = self.tile().headers["ETag"]
        self.assertEqual(self.tile().content, PICTURE)
        unchanged = self.tile(status=304, **{"If-None-Match": etag})
        self.assertFalse(unchanged.content)
        self.assertEqual(len(self.fake.paths), 1)

    def test_an_old_tile_is_asked_again_and_kept_if_nobody_answers(self):
        self.tile()
        (file,) = self.cache.folder.glob("??/*")
        os.utime(file, (0, 0))
        self.fake.fault = "down"
        self.assertEqual(self.tile().content, PICTURE)
        self.resumed()
        self.fake.fault, self.fake.picture = "", PICTURE + b"new"
        self.assertEqual(self.tile().content, PICTURE + b"new")
        self.assertEqual(len(self.fake.paths), 3)

    def test_outside_the_territory(self):
        for url in (
            f"/demarches/carte/{ZOOM}/{X + 40}/{Y}",
            f"/demarches/carte/{ZOOM}/{X}/{Y - 40}",
            "/demarches/carte/19/0/0",
            "/demarches/carte/4/7/5",
            "/demarches/carte/20/519000/364000",
            "/demarches/carte/99999999999999999999/1/1",
            "/demarches/carte/14/99999999999999999999/5691",
        ):
            self.tile(url, 404)
        self.tile("/demarches/carte/5/15/11")
        self.assertEqual(len(self.fake.paths), 1)

    def test_what_is_no_number(self):
        for end in ("14/-1/5691", "14/8119/5691.png", "a/b/c", "14/8119", "14/1e3/1"):
            self.tile(f"/demarches/carte/{end}", 404)
        self.tile(f"{TILE}?url=http://evil.example/", 200)
        self.assertEqual(self.fake.paths, [f"/{ZOOM}/{X}/{Y}.png"])

    def test_what_is_no_picture_is_refused(self):
        for fault in ("html", "liar", "text", "large", "redirect", "down"):
            with self.subTest(fault=fault):
                self.fake.fault = fault
                answer = self.tile(status=502)
                self.assertFalse(answer.content)
                self.assertEqual(answer.headers["Cache-Control"], "no-store")
                self.resumed()
        self.assertNotIn("/moved.png", self.fake.paths)
        self.assertFalse(list(self.cache.folder.glob("??/*")))

    def test_a_tile_that_the_service_has_not(self):
        self.fake.fault = "missing"
        self.tile(status=404)
        self.fake.fault = ""
        self.tile()

    def test_a_slow_service_is_left_alone_for_a_while(self):
        self.fake.fault = "slow"
        self.patch(res_company_map, "MAP_TIMEOUT", 0.1)
        self.tile(status=502)
        self.fake.fault = ""
        answer = self.tile(status=503)
        self.assertEqual(answer.headers["Retry-After"], "30")
        self.assertEqual(len(self.fake.paths), 1)
        self.resumed()
        self.tile()

    def test_a_flood(self):
        self.patch(FLOOD, "limit", 2)
        self.tile()
        self.tile(f"/demarches/carte/{ZOOM}/{X}/{Y + 1}")
        self.tile(f"/demarches/carte/{ZOOM}/{X + 1}/{Y}", 429)
        # What is kept is given all the same.
        self.tile()
        FLOOD.forget()
        self.tile(f"/demarches/carte/{ZOOM}/{X + 1}/{Y}")

    def test_no_map(self):
        for vals in (
            {"grc_map_template": False},
            {"grc_map_latitude": 0, "grc_map_longitude": 0},
        ):
            with self.subTest(vals=vals):
                self.town.write(vals)
                self.tile(status=404)
        self.assertFalse(self.fake.paths)

    def test_another_town_has_its_own(self):
        far = f"{TILE}?commune={self.far_town.id}"
        self.tile(far, 404)
        self.far_town.write(
            {
                "grc_map_template": f"{self.fake.base}/far/{{z}}/{{x}}/{{y}}",
                "grc_map_latitude": 48.1,
                "grc_map_longitude": -1.6,
            }
        )
        for user in (None, self.citizen, self.agent):
            self.sign_in(user)
            self.tile(far, 404)
            self.tile(f"{TILE}?commune=x", 404)
        self.assertFalse(self.fake.paths)
        self.sign_in(self.other_company_agent)
        answer = self.tile(far)
        self.assertEqual(answer.headers["Cache-Control"], "private, max-age=604800")
        self.assertEqual(self.fake.paths, [f"/far/{ZOOM}/{X}/{Y}"])
        self.tile(f"{TILE}?commune={self.town.id}", 404)


class TestMapSettings(MapCommon):
    def test_a_town_without_a_centre_has_no_map(self):
        new = self.env["res.company"].create({"name": "Ville-Nouvelle"})
        self.assertEqual(new.grc_map_template, MAP_TEMPLATE)
        self.assertIsNone(new._grc_map())
        with self.assertRaises(UserError):
            new.action_grc_test_map()

    def test_what_the_browser_is_told(self):
        known = self.town._grc_map()
        self.assertRegex(
            known["tiles"], r"^/demarches/carte/{z}/{x}/{y}\?v=[0-9a-f]{8}$"
        )
        self.assertEqual(known["center"], [48.1, -1.6])
        self.assertEqual(sorted(map(int, known["ranges"])), list(range(5, 20)))
        self.assertNotIn(self.fake.base, str(known))
        before = known["tiles"]
        self.town.grc_map_template = f"{self.fake.base}/other/{{z}}/{{x}}/{{y}}"
        self.assertNotEqual(self.town._grc_map()["tiles"], before)

    def test_settings_that_are_refused(self):
        for vals in (
            {"grc_map_template": "http://tiles.example.com/{z}/{x}/{y}"},
            {"grc_map_template": "https://tiles.example.com/{z}/{x}"},
            {"grc_map_template": "https://{x}.example.com/{z}/{x}/{y}"},
            {"grc_map_template": "https://tiles.example.com/ {z}/{x}/{y}"},
            {"grc_map_latitude": 86},
            {"grc_map_longitude": 181},
            {"grc_map_radius_km": 0},
            {"grc_map_radius_km": 101},
            {"grc_map_zoom": 4},
            {"grc_map_zoom": 20},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.town.write(vals)

    def test_the_manager_tries_the_map(self):
        town = self.town.with_user(self.manager)
        self.assertEqual(town.action_grc_test_map()["params"]["type"], "success")
        self.fake.fault = "html"
        with self.assertRaises(UserError):
            town.action_grc_test_map()
        self.fake.fault = ""
        with self.assertRaisesRegex(Exception, "."):
            self.town.with_user(self.agent).action_grc_test_map()


class TestTileCache(MapCommon):
    def test_the_folder_never_grows_beyond_its_limit(self):
        cache = TileCache(self.cache.folder, 256 * 1000)
        keys = [f"aa{key_of(str(rank))[2:]}" for rank in range(12)]
        for rank, key in enumerate(keys):
            cache.keep(key, b"x" * 300)
            os.utime(cache.folder / "aa" / key, (rank + 1, rank + 1))
        kept = [key for key in keys if cache.find(key)[0]]
        self.assertEqual(kept, keys[-3:])
        cache.keep(keys[0], b"x" * 1001)
        self.assertEqual(cache.find(keys[0]), (b"", 0.0))

    def test_a_disk_that_fails_is_no_error(self):
        cache = TileCache(Path("/proc/nowhere"), 1_000_000)
        cache.keep(key_of("a"), b"x")
        cache.pause("a")
        self.assertEqual(cache.find(key_of("a")), (b"", 0.0))
        self.assertFalse(cache.is_paused("a", 30))
        with patch("os.replace", side_effect=OSError):
            self.cache.keep(key_of("b"), b"x")
        self.assertEqual(self.cache.find(key_of("b"))[0], b"")
        self.assertFalse(list(self.cache.folder.glob("*/.*")))
