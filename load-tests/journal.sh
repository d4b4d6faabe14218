#!/bin/sh
# Compares journals for clicks: our segment file, SQLite, Artemis. Usage: load-tests/journal.sh [directory] [rounds] [seconds]
# The directory (default target/journal-comparison) must be on the disk that is to be measured, not in memory.
set -eu
cd "$(dirname "$0")/.."
./mvnw -B -q test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/test-classpath
exec java -Xmx512m -cp "target/test-classes:target/classes:$(cat target/test-classpath)" \
    dev.tributary.click.journal.JournalComparison "$@"
