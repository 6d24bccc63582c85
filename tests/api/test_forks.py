"""A child that is forked while another thread is at work answers, as any process does."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import shapely

import sovietpacific as sp
from sovietpacific import Atlas
from sovietpacific.facts.store import Store, find_data

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")

#: What a child may take; one that hangs is ended by the system's alarm.
SECONDS = 30

ASK = f"""
import os, signal, sys, threading, warnings
import sovietpacific as sp
from sovietpacific import Atlas, loading
from sovietpacific.land import locator, shapes
from sovietpacific.facts.store import Store, find_data

warnings.simplefilter("ignore")  # Python from 3.12 on warns of every fork beside a thread
place, tract = (float(sys.argv[1]), float(sys.argv[2])), sys.argv[3]

def answers():
    return sp.sovereignty_of(place, "1950-01-01").tract == tract and len(sp.borders_at("1950-01-01", region="kurils.south"))

def child_answers():
    child = os.fork()
    if not child:
        signal.alarm({SECONDS})
        os._exit(0 if answers() else 1)
    status = os.waitpid(child, 0)[1]
    return "hung" if os.WIFSIGNALED(status) else "wrong" if os.WEXITSTATUS(status) else "answered"
"""

#: Stops a thread where it holds a lock, forks, and lets it go on.
STOPPED = """
entered, leave = threading.Event(), threading.Event()
owner, name = eval(sys.argv[4]), sys.argv[5]
work = getattr(owner, name)

def stopped(*given, **options):
    if threading.current_thread() is thread:
        entered.set()
        leave.wait()
    return work(*given, **options)

setattr(owner, name, stopped)
thread = threading.Thread(target=answers)
thread.start()
assert entered.wait(30)
print(child_answers(), child_answers())
leave.set()
thread.join()
print(bool(answers()))
"""

#: Forks again and again while a thread loads, makes ready and asks.
BUSY = """
import time
done = False
answers()

def work():
    while not done:
        loading._atlases.clear()
        for _ in range(5):
            answers()

thread = threading.Thread(target=work)
thread.start()
found = []
for number in range(int(sys.argv[4])):
    time.sleep(0.037 * (number % 13))
    found.append(child_answers())
done = True
thread.join()
print(*sorted(set(found)))
"""

#: Forks while a thread imports what a first question needs.
COLD = f"""
import os, signal, sys, threading, time
import sovietpacific as sp

def ask():
    return sp.sovereignty_of((142.7, 47.0), "1950-01-01").tract == "yuzhno-sakhalinsk"

sp.SovietPacificError  # from the first use of a public name on forks wait for imports; the rest is imported by the thread
thread = threading.Thread(target=ask)
thread.start()
time.sleep(float(sys.argv[1]))
child = os.fork()
if not child:
    signal.alarm({SECONDS})
    os._exit(0 if ask() else 1)
print(os.waitpid(child, 0)[1])
thread.join()
"""


@pytest.fixture(scope="module")
def border(atlas: Atlas) -> list[str]:
    """Give a point on a border, which is decided under a lock, and its tract."""
    lon, lat = shapely.get_coordinates(atlas.shapes.of("kaesong", "fine"))[0]
    return [
        repr(float(lon)),
        repr(float(lat)),
        sp.sovereignty_of((lon, lat), "1950-01-01", atlas=atlas).tract,
    ]


def run(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=600).stdout


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        pytest.param("Store", "read_records", id="the atlas is loaded"),
        pytest.param("shapes", "cached_grid", id="the index is read"),
        pytest.param("shapes.Shapes", "_geometries", id="shapes are read"),
        pytest.param("locator.shapely", "prepare", id="shapes are prepared"),
        pytest.param("locator.shapely", "intersects_xy", id="a point on a border is judged"),
        pytest.param("shapes", "dissolve", id="land is joined"),
    ],
)
def test_a_child_forked_in_the_midst_of_it_answers(
    border: list[str], owner: str, name: str
) -> None:
    assert run(ASK + STOPPED, *border, owner, name).split() == ["answered", "answered", "True"]


@pytest.mark.parametrize(
    "seconds",
    ["0.02", "0.2", *(pytest.param(s, marks=pytest.mark.slow) for s in ("0.05", "0.1", "0.4"))],
)
def test_a_child_forked_while_a_thread_imports_answers(seconds: str) -> None:
    assert run(COLD, seconds).split() == ["0"]


PATIENT = """
import os, threading
from types import SimpleNamespace
from sovietpacific import forking

clock = [0.0]
forking.time = SimpleNamespace(monotonic=lambda: clock[0], sleep=lambda seconds: clock.append(clock.pop() + 1))
entered, leave = threading.Event(), threading.Event()

def importing(name, work):  # as Python's own import calls what it imports
    exec(compile("work()", "<frozen importlib._bootstrap>", "exec"), {"__name__": name, "work": work})

def waited():
    begin = clock[0]
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    return clock[0] - begin

def stay():
    entered.set()
    leave.wait()

for name in ("sovietpacific.api", "another.package"):
    entered.clear()
    leave.clear()
    thread = threading.Thread(target=importing, args=(name, stay))
    thread.start()
    entered.wait()
    print(waited())
    importing("__main__", lambda: print(waited()))
    leave.set()
    thread.join()
"""


def test_a_fork_waits_for_imports_of_this_library_only_and_not_for_ever() -> None:
    """Nor does one within an import, since the others may be waiting for the very module that
    forks.
    """
    assert run(PATIENT).split() == ["10.0", "0.0", "0.0", "0.0"]


@pytest.mark.slow
def test_children_forked_at_any_time_answer(border: list[str]) -> None:
    assert run(ASK + BUSY, *border, "25").split() == ["answered"]


def test_shapes_that_were_half_prepared_are_not_used_by_a_child() -> None:
    atlas = Atlas(Store(find_data()))  # of its own, whose shapes no other test has prepared
    umpire = atlas.shapes.locator._umpire
    before, tree = umpire._prepared
    umpire.renew()
    assert umpire._prepared[1] is tree
    with umpire._lock:
        umpire.renew()
    assert umpire._prepared[1] is not tree
    assert not umpire._lock.locked()
    assert not set(map(id, umpire._prepared[0])) & set(map(id, before))
    assert not shapely.is_prepared([atlas.shapes.of(tract, "fine") for tract in atlas.tracts]).any()
