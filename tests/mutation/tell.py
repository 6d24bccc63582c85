"""Tells how many mutants of each module were killed, and shows every other one: run in out/mutants,
after mutmut.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

#: What the end of a run of the tests says of the mutant.
FATES = {0: "survived", 1: "killed", 3: "killed", 33: "no tests", 255: "broke", None: "not tried"}


def main() -> None:
    """Print a row per module, then the difference of every mutant no test noticed."""
    left: list[str] = []
    print(
        "| module | mutants | killed | broke the tests | timed out | no tests | survived | killed of all |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for path in sorted(Path("mutants/src").rglob("*.py.meta")):
        ends = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        fates = {key: FATES.get(end, "timed out") for key, end in ends.items()}
        count = Counter(fates.values())
        tried = len(fates) - count["not tried"]
        if not tried:
            continue
        share = (count["killed"] + count["broke"] + count["timed out"]) / tried
        name = path.relative_to("mutants/src/sovietpacific").as_posix().removesuffix(".py.meta")
        kinds = " | ".join(
            str(count[fate]) for fate in ("killed", "broke", "timed out", "no tests", "survived")
        )
        print(f"| {name} | {tried} | {kinds} | {share:.1%} |")
        left += [key for key, fate in fates.items() if fate in ("survived", "no tests")]
    for key in left:
        shown = subprocess.run(
            [Path(sys.executable).with_name("mutmut"), "show", key],
            capture_output=True,
            text=True,
            check=True,
        )
        print(f"\n{key}")
        print(
            "\n".join(
                line
                for line in shown.stdout.splitlines()
                if line[:1] in "+-" and line[:3] not in ("+++", "---")
            )
        )


if __name__ == "__main__":
    main()
