package dev.tributary.payout.method;

import dev.tributary.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The word that was sent to the owner of an account. */
record ConfirmationInput(
        @Schema(examples = "pmc_Vn7k3S0o2m1bq0cJ6H8yzA", maxLength = ConfirmationInput.MOST) @Nullable String token) {
    static final int MOST = 100;

    String known() {
        if (token == null || token.isBlank()) throw Problem.field("token", "required", "token is missing");
        if (token.length() > MOST) throw Problem.field("token", "too_long", "token has at most 100 characters");
        return token;
    }

    @Override
    public String toString() {
        return "confirmation";
    }
}
