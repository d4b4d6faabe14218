#!/bin/sh
# The read of a leaderboard of 100,000 affiliates beside bare quarkus-rest endpoints: one that asks nothing and answers as much
# JSON, and one with a primary-key query; and what the job takes to compute its nine rankings.
# Usage: load-tests/leaderboard.sh [seconds a run] [rounds] [affiliates]. Builds first unless NO_BUILD is set.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${NO_BUILD:-}" ]; then
    ./mvnw -B -q -f load-tests/bare/pom.xml package
fi
exec load-tests/run.sh leaderboard "${1:-30}" "${2:-3}" "${3:-100000}"
