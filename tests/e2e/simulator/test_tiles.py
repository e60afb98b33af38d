"""The invented plan: a picture for each square, and what may go wrong with it."""

import struct

import pytest
import requests

TILE = "/tuiles/14/8119/5691.png"


def ask(simulator, path=TILE):
    return requests.get(simulator.url + path, timeout=10, allow_redirects=False)


def test_each_square_is_a_picture_of_its_own(simulator):
    answer = ask(simulator)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", answer.content[16:24]) == (256, 256)
    assert answer.content == ask(simulator).content
    for other in ("14/8120/5691", "14/8119/5692", "15/8119/5691"):
        assert ask(simulator, f"/tuiles/{other}.png").content != answer.content


@pytest.mark.parametrize("path", ["21/0/0", "2/4/0", "2/0/4", "x/0/0", "2/1/1.png/"])
def test_square_that_does_not_exist(simulator, path):
    assert ask(simulator, f"/tuiles/{path}.png").status_code == 404


def test_faults_of_a_tile(simulator):
    simulator.fault("tuiles", "large")
    assert len(ask(simulator).content) > 2 * 1024 * 1024
    simulator.fault("tuiles", "redirect")
    moved = ask(simulator)
    assert (moved.status_code, moved.headers["Location"][:21]) == (
        302,
        "https://autre.invalid",
    )
    simulator.fault("tuiles", "html")
    assert ask(simulator).headers["Content-Type"].startswith("text/html")
    simulator.fault("tuiles", "status_503")
    assert ask(simulator).status_code == 503
    assert ask(simulator).status_code == 200
