package dev.tributary.conversion.track;

import dev.tributary.conversion.Kind;
import dev.tributary.conversion.Outcome;
import dev.tributary.conversion.Reason;
import dev.tributary.conversion.Status;
import dev.tributary.id.TypeId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of one lead or sale. */
@Schema(name = "ConversionOutcome")
public record OutcomeView(
        @Schema(examples = "cnv_01h455vb4pex5vsknk084sn02q") String id,
        Kind kind,
        @Schema(examples = "order-10023") String externalId,
        Status status,
        @Schema(nullable = true, description = "Why it was rejected") @Nullable Reason reason,
        @Schema(examples = "false", description = "Whether it was known before, so that nothing changed")
                boolean repeated,
        @Schema(examples = "1", description = "The number of the decision that counts") int decision,
        @Schema(description = "Who is credited; nobody unless accepted") List<CreditView> credits) {
    public static OutcomeView of(Outcome outcome) {
        return new OutcomeView(
                TypeId.CONVERSION.format(outcome.id()),
                outcome.kind(),
                outcome.externalId(),
                outcome.status(),
                outcome.reason(),
                outcome.repeat() != Outcome.Repeat.NEW,
                outcome.decision(),
                outcome.credits().stream().map(CreditView::of).toList());
    }
}
