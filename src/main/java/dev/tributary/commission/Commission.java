package dev.tributary.commission;

import dev.tributary.ledger.Purse;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one enrollment is owed by one rule for one source. Its rule, its arithmetic and what it was computed as never change;
 * how much of it stands, and its status, do, each time with an entry in the books.
 *
 * @param source kind and id of what it was earned with
 * @param level 0, or of a recruiter how many steps away
 * @param decision which decision about the conversion it follows; 1 where there is but one
 * @param amountMinor what stands of it
 * @param reversedMinor what was taken back; the two sum to what was computed
 * @param released whether its money has left {@code pending}: then a refund is taken from what is available
 * @param entries how many entries are booked for it, and so the number of the next
 */
record Commission(
        UUID id,
        UUID programId,
        Party.Member member,
        Source source,
        String rule,
        int level,
        int decision,
        @Nullable UUID conversionId,
        long amountMinor,
        long reversedMinor,
        String currency,
        Status status,
        boolean released,
        @Nullable Instant paidAt,
        Instant earnedAt,
        Instant releaseAt,
        int entries) {
    /** What a commission is earned with. */
    record Source(String kind, UUID id) {
        static final String CONVERSION = "conversion";
        static final String COMMISSION = "commission";
        static final String MILESTONE = "milestone";
        static final String CONTEST = "contest";
        static final String ADJUSTMENT = "adjustment";
    }

    Commission {
        boolean adjustment = source.kind().equals(Source.ADJUSTMENT);
        if (!adjustment && (amountMinor < 0 || reversedMinor < 0) || entries < 0)
            throw new IllegalArgumentException("%d stand and %d are taken back".formatted(amountMinor, reversedMinor));
    }

    /** As it was computed. */
    long grossMinor() {
        return Math.addExact(amountMinor, reversedMinor);
    }

    Purse purse() {
        return new Purse(programId, member.enrollmentId(), currency);
    }

    Commission with(Status next, long amount, boolean moved, int booked) {
        return new Commission(
                id,
                programId,
                member,
                source,
                rule,
                level,
                decision,
                conversionId,
                amount,
                Math.subtractExact(grossMinor(), amount),
                currency,
                next,
                moved,
                paidAt,
                earnedAt,
                releaseAt,
                entries + booked);
    }
}
