package dev.tributary.conversion;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of conversions that were decided once more. */
@Schema(name = "DecidedConversions")
record DecidedView(List<Row> data) {
    /** One of them. */
    @Schema(name = "DecidedConversion")
    record Row(
            @Schema(
                            examples = "changed",
                            enumeration = {"changed", "unchanged", "frozen"},
                            description = "Frozen: a commission of it is no longer pending")
                    String outcome,
            ConversionView conversion) {}
}
