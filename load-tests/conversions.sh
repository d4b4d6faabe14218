#!/bin/sh
# Conversions booked end to end beside pgbench's TPC-B-like transactions, on the same PostgreSQL in the same minutes.
# Usage: load-tests/conversions.sh [seconds a run] [rounds] [affiliates] [clicks]. Builds first unless NO_BUILD is set.
set -eu
exec "$(dirname "$0")/run.sh" conversions "${1:-30}" "${2:-3}" "${3:-10000}" "${4:-20000000}"
