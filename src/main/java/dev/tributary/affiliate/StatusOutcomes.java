package dev.tributary.affiliate;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of each affiliate of a bulk change, in the order of the request. */
@Schema(name = "StatusOutcomes")
record StatusOutcomes(List<StatusOutcome> data) {
    StatusOutcomes {
        data = List.copyOf(data);
    }
}
