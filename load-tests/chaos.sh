#!/bin/sh
# Kills and stops PostgreSQL, Redis and the packaged application under load and counts every acknowledged click.
#
#   load-tests/chaos.sh [clicks a second] [seconds a fault] [kills of the application] [clicks of backlog]
#
# The default backlog is ten minutes of 500 clicks a second, made as fast as the rate allows. With the defaults it takes
# some 15 minutes. The faults "disk full" mount small disks and need root; without it they are skipped and said so.
# The table is printed and written to load-tests/results/chaos.md. Exit status 1: a promise was broken.
set -eu
cd "$(dirname "$0")/.."

rate=${1:-1000}
seconds=${2:-20}
kills=${3:-20}
backlog=${4:-300000}

[ -f target/quarkus-app/quarkus-run.jar ] && [ -d target/test-classes/dev/tributary/chaos ] ||
    ./mvnw -B -q package -DskipTests
[ -f target/chaos.classpath ] && [ target/chaos.classpath -nt pom.xml ] ||
    ./mvnw -B -q dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/chaos.classpath
mkdir -p load-tests/results

exec java -Xmx3g -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
    -cp "target/test-classes:target/classes:$(cat target/chaos.classpath)" \
    dev.tributary.chaos.ChaosRun target/chaos-long "$rate" "$seconds" "$kills" "$backlog" load-tests/results/chaos.md
