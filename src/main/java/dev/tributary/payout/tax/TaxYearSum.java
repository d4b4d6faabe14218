package dev.tributary.payout.tax;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Payments of a year by one rail in one currency that are treated alike. */
@Schema(name = "TaxYearSum")
record TaxYearSum(
        Treatment treatment,
        @Schema(examples = "manual") String rail,
        @Schema(examples = "USD") String currency,
        @Schema(examples = "17", description = "To how many affiliates") int affiliates,
        @Schema(examples = "4250000", description = "In minor units: gross, less what came back") long paid,
        @Schema(examples = "0", description = "Of that, kept back for the tax office") long withheld) {}
