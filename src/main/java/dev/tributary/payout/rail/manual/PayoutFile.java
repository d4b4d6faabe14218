package dev.tributary.payout.rail.manual;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tributary.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A file of payouts for a bank, without its content.
 *
 * @param sha256 of the content, in hexadecimal: what a bank confirms, or a person compares
 * @param modifier which file of its day it is, A to Z; null of CSV
 * @param effectiveOn the banking day on which payees are to have it; null of CSV
 * @param lastTrace the highest number in it, which the next file goes on from; null of CSV
 */
record PayoutFile(
        UUID id,
        Kind kind,
        String name,
        int entries,
        Money total,
        String sha256,
        LocalDate madeOn,
        @Nullable String modifier,
        @Nullable LocalDate effectiveOn,
        @Nullable Integer lastTrace,
        String madeBy,
        Instant madeAt,
        @Nullable String settledBy,
        @Nullable Instant settledAt) {
    /** What a bank takes: a NACHA file, or a table for everything else. */
    @Schema(name = "PayoutFileKind")
    public enum Kind {
        NACHA,
        CSV;

        /** The word in JSON and in the database. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        String mediaType() {
            return this == NACHA ? "text/plain;charset=US-ASCII" : "text/csv;charset=UTF-8";
        }
    }

    PayoutFile settled(String by, Instant at) {
        return new PayoutFile(
                id,
                kind,
                name,
                entries,
                total,
                sha256,
                madeOn,
                modifier,
                effectiveOn,
                lastTrace,
                madeBy,
                madeAt,
                by,
                at);
    }
}
