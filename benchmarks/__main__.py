"""`python -m benchmarks [name …] [--quick] [--inputs N]`: all, or those named; results/<name>.json keeps the figures.

Figures compare what ran by turns within one run, so they hold on any machine; each module says its goals.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import faults, findings, fuzzing, intake, killing, load, measuring, others, progress_page, quarter_page

# Adding one: a module with `run(quick)` that gives its figures by name, and one line here.
BENCHMARKS: dict[str, Callable[[bool], dict[str, Any]]] = {
    "findings": findings.run,
    "intake": intake.run,
    "measuring": measuring.run,
    "others": others.run,
    "progress_page": progress_page.run,
    "quarter_page": quarter_page.run,
}
# Run only when named: they look for faults, or take all of the machine.
CAMPAIGNS: dict[str, Callable[[bool], dict[str, Any]]] = {
    "faults": faults.run,
    "fuzzing": fuzzing.run,
    "killing": killing.run,
    "load": load.run,
}
KNOWN = BENCHMARKS | CAMPAIGNS
RESULTS = Path(__file__).parent / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="What the software costs.")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(KNOWN))
    parser.add_argument("--quick", action="store_true", help="the smaller sizes only")
    parser.add_argument("--inputs", type=int, default=fuzzing.INPUTS, help="how many inputs fuzzing tries")
    args = parser.parse_args(arguments)
    if unknown := sorted(set(args.names) - set(KNOWN)):
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(KNOWN)}")
    RESULTS.mkdir(exist_ok=True)
    known = KNOWN | {"fuzzing": partial(fuzzing.run, inputs=args.inputs)}
    for name in args.names or BENCHMARKS:
        figures = known[name](args.quick)
        text = json.dumps(figures, indent=1, ensure_ascii=False)
        (RESULTS / f"{name}.json").write_text(text, "utf-8")
        print(f"{name}\n{text}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
