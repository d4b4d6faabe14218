#!/bin/bash
# The training run for the AOT cache: starts the server without any store, asks for what every visitor asks for, stops it.
# It works because a server starts, answers and writes its journal while PostgreSQL and Redis are away.
# Usage: train.sh CACHE [port], in the folder of quarkus-run.jar. Needs JDK 25 and nothing else.
set -u
cache=$1
port=${2:-8080}
export QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://127.0.0.1:1/none QUARKUS_REDIS_HOSTS=redis://127.0.0.1:1
export QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=$port TRIBUTARY_CLICK_JOURNAL_DIR=$(mktemp -d)/journal

java -XX:AOTCacheOutput="$cache" -jar quarkus-run.jar > /tmp/train.log 2>&1 &
server=$!
ask() { (exec 3<> /dev/tcp/127.0.0.1/$port && printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$1" >&3 && timeout 5 cat <&3) 2> /dev/null; }
for _ in $(seq 120); do
    ask /q/health/live | grep -q '200 OK' && break
    kill -0 "$server" 2> /dev/null || break
    sleep 0.5
done
for path in /r/ECO10 /q/health/ready /t.js /metrics /openapi /api/admin/programs /nothing; do ask "$path" > /dev/null; done
# The cache is written as the virtual machine ends.
kill -TERM "$server"
wait "$server"
if [ ! -s "$cache" ]; then
    cat /tmp/train.log
    echo "no AOT cache was made" >&2
    exit 1
fi
