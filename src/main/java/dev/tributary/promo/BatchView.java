package dev.tributary.promo;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Codes that were generated together, as the API shows them. */
@Schema(name = "DiscountBatch")
record BatchView(
        @Schema(examples = "dsb_01h455vb4pex5vsknk084sn02q", description = "Lists are narrowed by it: batchId")
                String id,
        @Schema(examples = "500") int count,
        @Schema(examples = "[\"VIP-7KQ2M9XA4T\"]") List<String> codes) {
    BatchView {
        codes = List.copyOf(codes);
    }

    /** What is kept of it on record. */
    record Summary(String id, int count, DiscountCodeView like) {}
}
