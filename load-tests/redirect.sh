#!/bin/sh
# Redirects beside nginx, acknowledged = landed, latencies. DURATION: seconds a run (60). Usage: load-tests/redirect.sh [rounds]
exec "$(dirname "$0")/run.sh" redirect "${DURATION:-60}" "${1:-1}"
