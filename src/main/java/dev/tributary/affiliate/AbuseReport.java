package dev.tributary.affiliate;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What somebody told of an affiliate.
 *
 * @param code as they wrote it: a code or a link
 * @param affiliateId whose the code was, null where it was nobody's
 * @param contactEmail for questions; forgotten after 90 days
 * @param source a keyed hash of the network that it came from, by which staff see that many reports are one person's;
 *     forgotten with the address
 * @param handledBy the account of the member of staff who decided
 */
record AbuseReport(
        UUID id,
        String code,
        @Nullable UUID affiliateId,
        ViolationKind kind,
        String message,
        @Nullable String contactEmail,
        byte @Nullable [] source,
        Status status,
        String note,
        @Nullable String handledBy,
        @Nullable Instant handledAt,
        Instant createdAt,
        Instant updatedAt) {
    /** Where a report stands in the queue. */
    @Schema(name = "AbuseReportStatus")
    public enum Status {
        OPEN,
        CONFIRMED,
        DISMISSED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** The same, decided by somebody or opened again. */
    AbuseReport handled(Status next, String newNote, String by, Instant now) {
        boolean open = next == Status.OPEN;
        return new AbuseReport(
                id,
                code,
                affiliateId,
                kind,
                message,
                contactEmail,
                source,
                next,
                newNote,
                open ? null : by,
                open ? null : now,
                createdAt,
                now);
    }

    /** The source as staff see it; enough to tell sources apart, too little to search for one. */
    @Nullable
    String sourceMark() {
        return source == null ? null : HexFormat.of().formatHex(source, 0, 4);
    }
}
