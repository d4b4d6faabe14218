#!/bin/sh
# CPU a click with no clicks stored and with 20 million. Usage: load-tests/stored.sh [millions] [pairs] [seconds a run]
exec "$(dirname "$0")/run.sh" stored "${1:-20}" "${2:-9}" "${3:-20}"
