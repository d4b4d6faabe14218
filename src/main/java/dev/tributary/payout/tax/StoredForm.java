package dev.tributary.payout.tax;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A form as its row shows it, without what is sealed.
 *
 * @param tinLastFour null where there is no US number
 * @param onPaper whether there is nothing sealed: staff keep the sheet
 * @param reason why it was rejected
 */
record StoredForm(
        UUID id,
        UUID affiliateId,
        FormState state,
        String country,
        String name,
        @Nullable TinKind tinKind,
        @Nullable String tinLastFour,
        FormFacts facts,
        Instant signedAt,
        boolean onPaper,
        Instant createdAt,
        @Nullable String verifiedBy,
        @Nullable Instant verifiedAt,
        @Nullable String reason) {
    boolean isExpired(LocalDate today, ZoneId payer) {
        return facts.kind().lastDay(signedAt, payer).filter(today::isAfter).isPresent();
    }

    /** How a payer has to take it. */
    Paper paper(LocalDate today, ZoneId payer) {
        if (!state.isInForce()) return Paper.MISSING;
        if (isExpired(today, payer)) return Paper.EXPIRED;
        return state == FormState.VERIFIED ? Paper.VERIFIED : Paper.GIVEN;
    }
}
