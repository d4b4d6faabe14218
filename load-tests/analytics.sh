#!/bin/sh
# Figures of a program with 100,000 affiliates over a year: rows stored, each function and each report of analytics-urls.txt as their
# 95th percentile, with 1, 10 and 100 million clicks a year; and what the upkeep of the rollups costs beside landing.
# Usage: load-tests/analytics.sh [millions of clicks] [affiliates] [conversions] [rounds]; load-tests/analytics.sh upkeep [clicks].
# Builds first unless NO_BUILD is set.
set -eu
if [ "${1:-}" = upkeep ]; then exec "$(dirname "$0")/run.sh" upkeep "${2:-200000}"; fi
exec "$(dirname "$0")/run.sh" analytics "${1:-100}" "${2:-100000}" "${3:-1000000}" "${4:-200}"
