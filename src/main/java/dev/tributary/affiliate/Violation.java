package dev.tributary.affiliate;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something an affiliate did against the terms, what shows it, and what was done about it. Never changed afterwards.
 *
 * @param programId where it concerns one program alone
 * @param createdBy the account of the member of staff
 */
record Violation(
        UUID id,
        UUID affiliateId,
        @Nullable UUID programId,
        ViolationKind kind,
        Severity severity,
        String evidence,
        String evidenceUrl,
        Action action,
        Instant createdAt,
        String createdBy) {
    /** How bad it is. */
    @Schema(name = "ViolationSeverity")
    public enum Severity {
        LOW,
        MEDIUM,
        HIGH;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Severity of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** What was done about it; the last two change the affiliate's status along with the record. */
    @Schema(name = "ViolationAction")
    public enum Action {
        NONE,
        WARNING,
        SUSPENSION,
        BAN;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Action of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        /** What an affiliate of this status is afterwards: a suspension does not lift a ban. */
        AffiliateStatus on(AffiliateStatus now) {
            if (this == BAN) return AffiliateStatus.BANNED;
            return this == SUSPENSION && now != AffiliateStatus.BANNED ? AffiliateStatus.SUSPENDED : now;
        }
    }
}
