#!/bin/sh
# Measures the packaged jar beside nginx and prints a table.
# Usage: load-tests/run.sh [all|redirect|mix|stored|heap|analytics|upkeep|api|conversions|imports|validate] [numbers]. Builds first unless NO_BUILD is set. See load-tests/README.md.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${NO_BUILD:-}" ]; then
    ./mvnw -B -q package -DskipTests dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile=target/runtime-classpath
fi
PYTHONPATH=load-tests PYTHONDONTWRITEBYTECODE=1 exec python3 -m bench "$@"
