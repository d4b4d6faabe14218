package dev.tributary.payout.tax;

import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A signature as it is typed. */
@Schema(name = "TaxSignatureInput")
record SignatureInput(
        @Schema(examples = "Ann Example", description = "The name on the form, or of who signs for it") @Nullable
                String name,
        @Schema(examples = "", description = "As what they sign for another; empty where they sign for themselves")
                @Nullable
                String capacity,
        @Schema(description = "Whether every statement in `certifications` is confirmed under penalties of perjury")
                @Nullable
                Boolean agreed) {
    static Signature signed(@Nullable SignatureInput input, Instant at) {
        if (input == null) return new Signature("", "", false, at);
        return new Signature(
                requireNonNullElse(input.name, ""),
                requireNonNullElse(input.capacity, ""),
                requireNonNullElse(input.agreed, false),
                at);
    }

    @Override
    public String toString() {
        return "signature";
    }
}
