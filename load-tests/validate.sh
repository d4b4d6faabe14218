#!/bin/sh
# Validations of discount codes beside nginx `return 200`, with a million codes stored; latency at 2,000 a second.
# Usage: load-tests/validate.sh [seconds a run] [rounds] [codes]. Builds first unless NO_BUILD is set.
exec "$(dirname "$0")/run.sh" validate "${1:-30}" "${2:-3}" "${3:-1000000}"
