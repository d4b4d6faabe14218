package dev.tributary.chaos;

import java.time.Duration;

/**
 * How hard and how long each fault strikes.
 *
 * @param perSecond clicks a second over all connections
 * @param calm load before and after the fault
 * @param fault how long the fault lasts
 * @param kills how often the application is killed
 * @param backlog how long clicks pile up in the backlog test, at two fifths of the rate
 * @param settle how long acknowledged clicks may take to land after the load has ended
 */
record Dose(
        int perSecond, int connections, Duration calm, Duration fault, int kills, Duration backlog, Duration settle) {
    /** For every build: seconds, on a machine that is busy with other things. */
    static final Dose SHORT = new Dose(
            800,
            16,
            Duration.ofMillis(500),
            Duration.ofMillis(2_000),
            3,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));

    /** As the promise is worded: a minute of each fault. */
    static Dose full(int perSecond, int seconds, int kills, int backlogSeconds) {
        return new Dose(
                perSecond,
                32,
                Duration.ofSeconds(5),
                Duration.ofSeconds(seconds),
                kills,
                Duration.ofSeconds(backlogSeconds),
                Duration.ofMinutes(5));
    }
}
