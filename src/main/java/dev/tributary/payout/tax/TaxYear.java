package dev.tributary.payout.tax;

import dev.tributary.program.Program;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** A calendar year where a program's payer is. */
record TaxYear(Program program, int year) {
    ZoneId zone() {
        return ZoneId.of(program.timeZone());
    }

    Instant from() {
        return LocalDate.of(year, 1, 1).atStartOfDay(zone()).toInstant();
    }

    Instant to() {
        return LocalDate.of(year + 1, 1, 1).atStartOfDay(zone()).toInstant();
    }
}
