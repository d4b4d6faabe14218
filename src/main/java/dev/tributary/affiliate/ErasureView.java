package dev.tributary.affiliate;

import dev.tributary.privacy.People;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an erasure did. */
@Schema(name = "Erasure")
record ErasureView(
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "Asked for by letter, case 4711") String reason,
        @Schema(description = "How many rows of each kind were blanked; none where it was done before")
                List<People.Erased> erased) {}
