package dev.tributary.click;

import dev.tributary.problem.FieldErrors;
import java.time.Duration;
import java.time.Instant;

/** The check of the time that a list or report spans: forward, of a bounded length, in years that ids can hold. */
final class Period {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private Period() {}

    /** Throws a problem that names the end that cannot be so. */
    static void check(Instant from, Instant to, Duration longest) {
        new FieldErrors()
                .require(!from.isBefore(EARLIEST), "from", "out_of_range", "from is in the year 2000 or later")
                .require(to.isBefore(LATEST), "to", "out_of_range", "to is before the year 2200")
                .require(from.isBefore(to), "to", "out_of_range", "to is after from")
                .require(
                        Duration.between(from, to).compareTo(longest) <= 0,
                        "from",
                        "too_long",
                        "from and to are at most %d days apart".formatted(longest.toDays()))
                .done();
    }
}
