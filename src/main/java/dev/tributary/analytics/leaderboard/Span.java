package dev.tributary.analytics.leaderboard;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The time that a ranking is of, in whole days of the program's time zone. */
@Schema(
        name = "LeaderboardPeriod",
        enumeration = {"month", "last_month", "all"})
enum Span {
    MONTH,
    LAST_MONTH,
    ALL;

    /** Before anything that can be told: conversions of earlier years are refused. */
    static final LocalDate BEGINNING = LocalDate.of(2000, 1, 1);

    /** Days from the first to before the last; null: from the beginning. */
    record Days(@Nullable LocalDate from, LocalDate to) {
        LocalDate first() {
            return from == null ? BEGINNING : from;
        }
    }

    Days days(ZoneId zone, Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate month = today.withDayOfMonth(1);
        return switch (this) {
            case MONTH -> new Days(month, today.plusDays(1));
            case LAST_MONTH -> new Days(month.minusMonths(1), month);
            case ALL -> new Days(null, today.plusDays(1));
        };
    }

    /** The word in JSON and in the database. */
    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Span of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
