#!/bin/sh
# The affiliates' profile and v1/stats beside a bare quarkus-rest endpoint with one primary-key query, on the same database.
# Usage: load-tests/api.sh [seconds a run] [rounds] [affiliates] [clicks]. Builds first unless NO_BUILD is set.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${NO_BUILD:-}" ]; then
    ./mvnw -B -q -f load-tests/bare/pom.xml package
fi
exec load-tests/run.sh api "${1:-30}" "${2:-3}" "${3:-100000}" "${4:-5000000}"
