package dev.tributary.payout.method;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of the provider where an affiliate tells it the rest. */
@Schema(name = "PayoutOnboarding")
record OnboardingView(
        @Schema(examples = "https://connect.stripe.com/setup/e/acct_1/x", description = "Good for one visit")
                String url,
        Instant expiresAt) {}
