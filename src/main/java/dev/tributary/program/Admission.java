package dev.tributary.program;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom to take into which program, and with what.
 *
 * @param promoCode the text of the default promo code, or null: that of the referral code
 * @param consent the terms that were accepted, or null where there were none
 */
record Admission(
        Program program,
        UUID affiliateId,
        CodeChoice code,
        @Nullable String promoCode,
        Application.@Nullable Consent consent) {}
