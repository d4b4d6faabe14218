#!/bin/sh
# The mix of real traffic by Gatling at a steady rate, beside nginx. Usage: load-tests/mix.sh [requests a second] [seconds]
exec "$(dirname "$0")/run.sh" mix "${1:-2000}" "${2:-60}"
