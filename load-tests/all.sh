#!/bin/sh
# Everything that is compared with nginx, in one table and one picture: redirect.sh, then mix.sh.
# Usage: load-tests/all.sh [seconds a run] [requests a second of the mix]
exec "$(dirname "$0")/run.sh" all "${1:-60}" "${2:-2000}"
