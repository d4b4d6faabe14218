package dev.tributary.payout.tax;

import dev.tributary.id.TypeId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A year's payments to one affiliate by one rail in one currency. */
@Schema(name = "TaxLine")
record TaxLineView(
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        @Schema(examples = "manual") String rail,
        @Schema(examples = "USD") String currency,
        @Schema(examples = "250000", description = "In minor units: gross, less what came back") long paid,
        @Schema(examples = "0", description = "Of that, kept back for the tax office") long withheld,
        Treatment treatment) {
    static TaxLineView of(YearLine line) {
        return new TaxLineView(
                TypeId.AFFILIATE.format(line.affiliateId()),
                line.rail(),
                line.currency(),
                line.paidMinor(),
                line.withheldMinor(),
                line.treatment());
    }
}
