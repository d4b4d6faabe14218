#!/bin/sh
# A CSV of a million conversions through the command `job import-conversions`: rows a second and heap, tenth by tenth.
# Usage: load-tests/import.sh [rows]. Builds first unless NO_BUILD is set.
set -eu
exec "$(dirname "$0")/run.sh" imports "${1:-1000000}"
