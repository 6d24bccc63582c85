"""What all tests share: no network, one atlas, the same examples from hypothesis every time."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from hypothesis import HealthCheck, Phase, settings

from sovietpacific import Atlas, load_atlas

matplotlib.use("Agg")
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# `make mutants` needs to know that a test fails, and not the smallest way in which it does.
settings.register_profile(
    "unshrunk", settings.get_profile("steady"), phases=[Phase.explicit, Phase.generate]
)
settings.load_profile("steady")

ROOT = Path(__file__).parents[1]
#: The names of this machine to itself.
WITHIN = ("localhost", "127.0.0.1", "::1")


class NetworkUsedError(AssertionError):
    """Say that a test tried to reach the network."""


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection for the whole session, but for those within this machine (a browser's
    driver).
    """
    connect, connect_ex, send_to = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.socket.sendto,
    )
    look_up, name_to_address = socket.getaddrinfo, socket.gethostbyname

    def check(host: object) -> None:
        if host not in WITHIN:
            raise NetworkUsedError(f"the library must not use the network: {host}")

    def checked_connect(made: socket.socket, address: Any) -> None:
        check(address[0] if isinstance(address, tuple) else "localhost")
        connect(made, address)

    def checked_look_up(host: Any, *args: Any, **options: Any) -> Any:
        check(host)
        return look_up(host, *args, **options)

    def checked_connect_ex(made: socket.socket, address: Any) -> int:
        check(address[0] if isinstance(address, tuple) else "localhost")
        return connect_ex(made, address)

    def checked_send(made: socket.socket, data: Any, *told: Any) -> int:
        check(told[-1][0] if isinstance(told[-1], tuple) else "localhost")
        return send_to(made, data, *told)

    def checked_name(host: Any) -> str:
        check(host)
        return name_to_address(host)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", checked_connect)
    patch.setattr(socket.socket, "connect_ex", checked_connect_ex)
    patch.setattr(socket.socket, "sendto", checked_send)
    patch.setattr(socket, "getaddrinfo", checked_look_up)
    patch.setattr(socket, "gethostbyname", checked_name)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the point index in a folder of the session, not in the user's."""
    patch = pytest.MonkeyPatch()
    patch.setenv("SOVIETPACIFIC_CACHE", str(tmp_path_factory.mktemp("cache")))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """Give the atlas of the committed data."""
    return load_atlas()


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the root of the checkout."""
    return ROOT
