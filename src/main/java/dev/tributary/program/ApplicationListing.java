package dev.tributary.program;

import dev.tributary.affiliate.AffiliateStatus;
import dev.tributary.affiliate.PartnerType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An application with what is shown beside it: its program, its affiliate, and what became of it. */
record ApplicationListing(
        Application application,
        String programName,
        Applicant applicant,
        @Nullable UUID enrollmentId,
        @Nullable String referralCode) {
    /** Who applies. */
    record Applicant(String name, String email, String country, PartnerType partnerType, AffiliateStatus status) {}
}
