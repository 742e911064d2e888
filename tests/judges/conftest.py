import pytest

from tests.unit.providers.wire import Wire


@pytest.fixture
def wire():
    server = Wire()
    yield server
    server.close()
