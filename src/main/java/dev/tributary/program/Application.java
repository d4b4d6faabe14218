package dev.tributary.program;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One affiliate's wish to promote one program.
 *
 * @param wantedCode the referral code that was asked for, or null
 * @param consent the terms that were accepted, or null where the program had none
 * @param kycBy the check or the account that said {@code kyc} last
 * @param verdict the last decision or question, or null before the first
 */
record Application(
        UUID id,
        UUID programId,
        UUID affiliateId,
        ApplicationStatus status,
        @Nullable String wantedCode,
        ApplicationForm form,
        @Nullable Consent consent,
        KycStatus kyc,
        String kycBy,
        @Nullable Verdict verdict,
        Instant createdAt,
        Instant updatedAt) {
    /** A version of the terms that was accepted, with its number; {@code agreement_acceptance} takes it on approval. */
    record Consent(UUID agreementId, int number, Instant at, Agreement.Acceptance from) {}

    /**
     * What staff said of it.
     *
     * @param reason for the affiliate's eyes; null with an approval that gave none
     * @param at when it was decided; null where more was asked for
     */
    record Verdict(@Nullable String reason, @Nullable String by, @Nullable Instant at) {}

    /** The same after a decision. Throws a 409 where it is not lawful. */
    Application decided(ApplicationStatus next, @Nullable String reason, String by, Instant now) {
        status.require(next);
        Instant at = ApplicationStatus.decided().contains(next) ? now : null;
        return with(next, form, kyc, kycBy, new Verdict(reason, by, at), now);
    }

    /** The same with the answers of the applicant, who was asked for more; it waits for us again. */
    Application answered(ApplicationForm answers, @Nullable String code, Instant now) {
        status.require(ApplicationStatus.SUBMITTED);
        return new Application(
                id,
                programId,
                affiliateId,
                ApplicationStatus.SUBMITTED,
                code,
                answers,
                consent,
                kyc,
                kycBy,
                verdict,
                createdAt,
                now);
    }

    Application withdrawn(Instant now) {
        status.require(ApplicationStatus.WITHDRAWN);
        return with(ApplicationStatus.WITHDRAWN, form, kyc, kycBy, verdict, now);
    }

    /** The same with another finding about the person. */
    Application checked(KycStatus finding, String by, Instant now) {
        return with(status, form, finding, by, verdict, now);
    }

    private Application with(
            ApplicationStatus next,
            ApplicationForm nextForm,
            KycStatus nextKyc,
            String nextKycBy,
            @Nullable Verdict nextVerdict,
            Instant now) {
        return new Application(
                id,
                programId,
                affiliateId,
                next,
                wantedCode,
                nextForm,
                consent,
                nextKyc,
                nextKycBy,
                nextVerdict,
                createdAt,
                now);
    }
}
