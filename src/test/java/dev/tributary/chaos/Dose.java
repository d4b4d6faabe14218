package dev.tributary.chaos;

import java.time.Duration;

/**
 * How hard and how long each fault strikes.
 *
 * @param perSecond clicks a second over all connections
 * @param calm load before and after the fault
 * @param fault how long the fault lasts
 * @param kills how often the application is killed
 * @param backlog how many clicks pile up in the backlog test
 * @param settle how long acknowledged clicks may take to land after the load has ended
 */
record Dose(int perSecond, int connections, Duration calm, Duration fault, int kills, long backlog, Duration settle) {
    /** For every build: seconds, on a machine that is busy with other things. */
    static final Dose SHORT =
            new Dose(800, 16, Duration.ofMillis(500), Duration.ofMillis(2_000), 2, 4_000, Duration.ofSeconds(30));

    /** For {@code load-tests/chaos.sh}. */
    static Dose full(int perSecond, int seconds, int kills, long backlog) {
        return new Dose(
                perSecond,
                32,
                Duration.ofSeconds(5),
                Duration.ofSeconds(seconds),
                kills,
                backlog,
                Duration.ofMinutes(5));
    }
}
