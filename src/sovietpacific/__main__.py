"""Run the command line as `python -m sovietpacific`.

Knows the command line and nothing of its commands.
"""

from __future__ import annotations

from sovietpacific.cli.main import main

if __name__ == "__main__":
    main(prog_name="sovietpacific")
