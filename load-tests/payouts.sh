#!/bin/sh
# A monthly run over 100,000 affiliates with 5 million commissions: select, reserve, freeze, send at a stub's limit, kill -9 and resume.
# Usage: load-tests/payouts.sh [affiliates] [commissions of each] [transfers a second]. Builds first unless NO_BUILD is set.
set -eu
exec "$(dirname "$0")/run.sh" payouts "${1:-100000}" "${2:-50}" "${3:-500}"
