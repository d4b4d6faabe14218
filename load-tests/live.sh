#!/bin/sh
# Streams of live earnings open on one instance with -Xmx512m, while another takes sales: heap, what is heard, and how late.
# Usage: load-tests/live.sh [streams] [seconds] [sales a second]. Builds first unless NO_BUILD is set.
set -eu
exec "$(dirname "$0")/run.sh" live "${1:-5000}" "${2:-60}" "${3:-100}"
