"""The squares of the map that a town may need, and where they are asked for."""

import pytest
from grc_rules.grc_portal import tiles
from hypothesis import given, settings
from hypothesis import strategies as st

RENNES = tiles.Area(48.1113, -1.6800, 6)
SOUND = "https://tiles.example.com/{z}/{x}/{y}.png"


@pytest.mark.parametrize(
    ("latitude", "longitude", "zoom", "expected"),
    [
        (48.8584, 2.2945, 16, (33185, 22545)),  # the Eiffel tower, as OSM numbers it
        (0.0, 0.0, 1, (1, 1)),
        (90.0, -180.0, 3, (0, 0)),
        (-90.0, 180.0, 3, (7, 7)),
        (-21.1151, 55.5364, 10, (669, 573)),  # La Réunion
    ],
)
def test_square_of_a_point(latitude, longitude, zoom, expected):
    assert tiles.tile_at(latitude, longitude, zoom) == expected


def test_box_is_as_wide_as_it_is_high():
    south, west, north, east = RENNES.box()
    assert north - south == pytest.approx(12 / 111.32)
    # A degree of longitude is shorter than one of latitude, by the cosine.
    assert (east - west) * 0.6676 == pytest.approx(north - south, rel=1e-3)


def test_only_the_town_is_served_when_it_is_read_closely():
    zoom = 17
    x, y = tiles.tile_at(RENNES.latitude, RENNES.longitude, zoom)
    west, north, east, south = tiles.tile_range(RENNES, zoom)
    assert tiles.is_served(RENNES, zoom, x, y)
    assert tiles.is_served(RENNES, zoom, west, north)
    assert tiles.is_served(RENNES, zoom, east, south)
    assert not tiles.is_served(RENNES, zoom, west - 1, y)
    assert not tiles.is_served(RENNES, zoom, x, south + 1)
    assert not tiles.is_served(RENNES, zoom, *tiles.tile_at(48.8584, 2.2945, zoom))
    # Twelve kilometres are sixty squares of two hundred metres, and the margin.
    assert 58 <= east - west <= 66


def test_zooms_out_of_the_map_are_not_served():
    for zoom in (-1, 0, 4, 20, 10**6):
        assert not tiles.is_served(RENNES, zoom, 0, 0)
    assert tiles.is_served(RENNES, 5, 15, 11)
    assert not tiles.is_served(RENNES, 10, -1, -1)


def test_no_level_has_many_more_squares_than_the_closest():
    pyramid = tiles.pyramid(RENNES)
    assert list(pyramid) == [str(zoom) for zoom in range(5, 20)]
    for zoom in range(5, 13):
        west, north, east, south = pyramid[str(zoom)]
        assert (east - west + 1) * (south - north + 1) <= 100


@settings(max_examples=40)
@given(
    st.floats(-85, 85),
    st.floats(-180, 180),
    st.integers(1, tiles.MOST_RADIUS_KM),
    st.integers(5, 19),
)
def test_squares_served_exist_and_hold_the_centre(latitude, longitude, radius, zoom):
    area = tiles.Area(latitude, longitude, radius)
    west, north, east, south = tiles.tile_range(area, zoom)
    assert 0 <= west <= east < 2**zoom
    assert 0 <= north <= south < 2**zoom
    assert tiles.is_served(area, zoom, *tiles.tile_at(latitude, longitude, zoom))


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        (SOUND, ""),
        ("https://data.geopf.fr/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}", ""),
        ("http://127.0.0.1:1090/tuiles/{z}/{x}/{y}.png", ""),
        ("http://localhost/{z}/{x}/{y}", ""),
        ("http://tiles.example.com/{z}/{x}/{y}", "scheme"),
        ("file:///etc/{z}/{x}/{y}", "scheme"),
        ("ftp://tiles.example.com/{z}/{x}/{y}", "scheme"),
        ("https:///{z}/{x}/{y}", "host"),
        ("https://{x}.example.com/{z}/{x}/{y}", "host"),
        ("https://me:secret@example.com/{z}/{x}/{y}", "host"),
        ("https://example.com:99999/{z}/{x}/{y}", "host"),
        ("https://[::/{z}/{x}/{y}", "host"),
        ("https://example.com\\@evil.example/{z}/{x}/{y}", "host"),
        ("https://tiles.example.com/{z}/{x}", "places"),
        ("https://tiles.example.com/{z}/{x}/{y}/{s}", "places"),
        ("https://tiles.example.com/{z}/{x}/{y}#{z}", "places"),
        ("https://tiles.example.com/a b/{z}/{x}/{y}", "written"),
        ("https://tiles.example.com/é/{z}/{x}/{y}", "written"),
        ("https://tiles.example.com/{z}/{x}/{y}\nHost: evil", "written"),
        (SOUND + "x" * 500, "written"),
        ("", "written"),
    ],
)
def test_address_of_the_tiles(template, fault):
    assert tiles.template_fault(template) == fault


def test_only_numbers_enter_the_address():
    assert tiles.tile_url(SOUND, 14, 8116, 5688) == (
        "https://tiles.example.com/14/8116/5688.png"
    )
    assert tiles.tile_url("https://a.fr/?r={y}&c={x}&z={z}&l={z}", 1, 2, 3) == (
        "https://a.fr/?r=3&c=2&z=1&l=1"
    )
    with pytest.raises(ValueError, match="invalid literal"):
        tiles.tile_url(SOUND, "../14", 1, 1)


def test_picture_is_known_by_its_first_bytes():
    assert tiles.image_type(b"\x89PNG\r\n\x1a\n...") == "image/png"
    assert tiles.image_type(b"\xff\xd8\xff\xe0...") == "image/jpeg"
    assert tiles.image_type(b"RIFF1234WEBPVP8 ") == "image/webp"
    for other in (
        b"",
        b"<svg xmlns='x'/>",
        b"<!DOCTYPE html>",
        b"GIF89a",
        b"RIFF1234WAVE",
    ):
        assert tiles.image_type(other) == ""
