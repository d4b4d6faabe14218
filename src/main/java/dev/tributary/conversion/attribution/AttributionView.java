package dev.tributary.conversion.attribution;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Everything that was decided about one conversion. */
@Schema(name = "Attribution")
record AttributionView(
        @Schema(examples = "cnv_01h455vb4pex5vsknk084sn02w") String conversionId,
        @Schema(description = "The one that counts first; empty while nothing is decided. At most the newest hundred")
                List<DecisionView> decisions) {
    AttributionView {
        decisions = List.copyOf(decisions);
    }
}
