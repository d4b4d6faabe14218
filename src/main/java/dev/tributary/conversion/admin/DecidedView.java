package dev.tributary.conversion.admin;

import dev.tributary.conversion.Redecided;
import java.util.List;
import java.util.Locale;
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

    static DecidedView of(List<Redecided> decided) {
        return new DecidedView(decided.stream()
                .map(one -> new Row(one.result().name().toLowerCase(Locale.ROOT), ConversionView.of(one.after())))
                .toList());
    }
}
