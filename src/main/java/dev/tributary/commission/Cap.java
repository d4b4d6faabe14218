package dev.tributary.commission;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The most that a rule gives one enrollment in a period, before refunds: what is given back makes no room.
 *
 * @param amountMinor minor units of the program's currency
 */
public record Cap(Period period, long amountMinor) {
    public Cap {
        if (amountMinor < 0) throw new IllegalArgumentException("a cap of " + amountMinor);
    }

    /** A stretch of the calendar in the program's time zone. */
    @Schema(
            name = "CapPeriod",
            enumeration = {"day", "week", "month", "year", "life"})
    public enum Period {
        DAY,
        /** From Monday. */
        WEEK,
        MONTH,
        YEAR,
        LIFE;

        /** The first day of the period in which the moment is. */
        LocalDate start(Instant moment, ZoneId zone) {
            LocalDate day = LocalDate.ofInstant(moment, zone);
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
                case YEAR -> day.withDayOfYear(1);
                case LIFE -> LocalDate.EPOCH;
            };
        }

        /** The word in JSON and in the database. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Period of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
