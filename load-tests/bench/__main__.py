"""Usage: load-tests/run.sh redirect|stored|heap [numbers]; see load-tests/README.md."""
import sys

from . import report
from .growth import heap, stored
from .redirect import redirect

PARTS = {"redirect": redirect, "stored": stored, "heap": heap}


def main():
    name = sys.argv[1] if len(sys.argv) > 1 else "redirect"
    if name not in PARTS:
        sys.exit(f"parts: {', '.join(PARTS)}")
    rows, drawn = PARTS[name](*[int(n) for n in sys.argv[2:]])
    report.write(name, rows, drawn)


main()
