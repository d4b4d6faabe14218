package dev.tributary.payout.tax;

import static java.util.Objects.requireNonNullElse;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A claim of a tax treaty's benefits. */
@Schema(name = "TaxTreatyInput")
record TreatyInput(
        @Schema(examples = "DE", description = "Line 9: the country of residence") @Nullable String country,
        @Schema(examples = "VII(1)", description = "Line 10") @Nullable String article,
        @Schema(examples = "0", description = "Line 10, in basis points") @Nullable Integer rateBps,
        @Schema(examples = "services", description = "Line 10: what is paid") @Nullable String income,
        @Schema(examples = "No permanent establishment in the United States", description = "Line 10") @Nullable
                String explanation) {
    Treaty claimed() {
        return new Treaty(
                requireNonNullElse(country, ""),
                requireNonNullElse(article, ""),
                requireNonNullElse(rateBps, -1),
                requireNonNullElse(income, ""),
                requireNonNullElse(explanation, ""));
    }
}
