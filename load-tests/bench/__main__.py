"""Usage: load-tests/run.sh all|redirect|mix|stored|heap|analytics|upkeep|api|conversions|imports|leaderboard|live|payouts|validate [numbers]; see load-tests/README.md."""
import sys

from . import report
from .analytics import analytics, upkeep
from .api import api
from .conversions import conversions
from .growth import heap, stored
from .imports import imports
from .leaderboard import leaderboard
from .live import live
from .mix import mix
from .payouts import payouts
from .redirect import redirect
from .validate import validate


def everything(seconds=60, rate=2000):
    """What one command prints: the raw redirect beside nginx, then the real mix at a steady rate."""
    table, curves = redirect(seconds)
    more, drawn = mix(rate, seconds)
    return table + more, {**curves, **drawn}


PARTS = {"all": everything, "redirect": redirect, "mix": mix, "stored": stored, "heap": heap, "analytics": analytics, "api": api, "conversions": conversions,
         "imports": imports, "leaderboard": leaderboard, "live": live, "payouts": payouts, "upkeep": upkeep,
         "validate": validate}


def main():
    name = sys.argv[1] if len(sys.argv) > 1 else "all"
    if name not in PARTS:
        sys.exit(f"parts: {', '.join(PARTS)}")
    rows, drawn = PARTS[name](*[int(n) for n in sys.argv[2:]])
    report.write(name, rows, drawn)


main()
