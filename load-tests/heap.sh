#!/bin/sh
# Heap after a full collection each minute at a steady rate. Usage: load-tests/heap.sh [minutes] [clicks a second]
exec "$(dirname "$0")/run.sh" heap "${1:-10}" "${2:-5000}"
