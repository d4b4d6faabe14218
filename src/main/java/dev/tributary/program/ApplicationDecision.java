package dev.tributary.program;

import dev.tributary.problem.FieldErrors;
import org.jspecify.annotations.Nullable;

/**
 * What staff say of an application.
 *
 * @param next approved, rejected or more info
 * @param reason for the affiliate's eyes, at most {@value #LONGEST_REASON} characters; needed unless it is an approval
 * @param referralCode the code that an approval gives, or null: the one that was asked for, or one like it
 * @param promoCode the text of the default promo code of an approval, or null
 */
record ApplicationDecision(
        ApplicationStatus next, @Nullable String reason, @Nullable String referralCode, @Nullable String promoCode) {
    /** Half a page. */
    static final int LONGEST_REASON = 1_000;

    ApplicationDecision {
        if (!ApplicationStatus.said().contains(next))
            throw new IllegalArgumentException("No decision leads to " + next);
    }

    static ApplicationDecision approve(
            @Nullable String reason, @Nullable String referralCode, @Nullable String promoCode) {
        return new ApplicationDecision(ApplicationStatus.APPROVED, reason, referralCode, promoCode);
    }

    static ApplicationDecision reject(@Nullable String reason) {
        return new ApplicationDecision(ApplicationStatus.REJECTED, reason, null, null);
    }

    static ApplicationDecision requestInfo(@Nullable String reason) {
        return new ApplicationDecision(ApplicationStatus.MORE_INFO, reason, null, null);
    }

    /** The last part of the audit entry's action. */
    String verb() {
        return switch (next) {
            case APPROVED -> "approve";
            case REJECTED -> "reject";
            default -> "request_info";
        };
    }

    boolean approves() {
        return next == ApplicationStatus.APPROVED;
    }

    /** Notes every field that cannot be so. */
    void check(FieldErrors errors, String at) {
        errors.require(
                        approves() || reason != null && !reason.isBlank(),
                        at + "reason",
                        "required",
                        "The affiliate is told a reason")
                .require(
                        reason == null || reason.length() <= LONGEST_REASON,
                        at + "reason",
                        "too_long",
                        "reason has at most " + LONGEST_REASON + " characters")
                .require(
                        reason == null || reason.indexOf('\0') < 0,
                        at + "reason",
                        "malformed",
                        "reason holds no character U+0000");
        code(errors, at + "referralCode", referralCode);
        code(errors, at + "promoCode", promoCode);
    }

    private void code(FieldErrors errors, String field, @Nullable String code) {
        errors.require(code == null || approves(), field, "not_applicable", "Only an approval gives a code")
                .require(code == null || ReferralCodes.isCode(code), field, "malformed", ReferralCodes.WHAT_IS_ONE);
    }

    /** The same, once every field of it was looked at. */
    ApplicationDecision checked() {
        FieldErrors errors = new FieldErrors();
        check(errors, "");
        errors.done();
        return this;
    }
}
