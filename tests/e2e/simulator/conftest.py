"""A simulator that has forgotten the test before, a service and a citizen."""

import pytest

from ..openid import Browser, Service


@pytest.fixture(autouse=True)
def fresh(simulator):
    simulator.reset()


@pytest.fixture
def citizen():
    """Return a browser without pictures: cookies and redirects are enough here."""
    with Browser() as session:
        yield session


@pytest.fixture
def town(simulator):
    return Service(simulator.issuer, "admiville", "ES256")
