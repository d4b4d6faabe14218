package dev.tributary.conversion.track;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.conversion.Line;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One line of an order. */
@Schema(name = "ItemInput")
record ItemInput(
        @Schema(examples = "EBOOK-7", description = "The merchant's product number; this or the category") @Nullable
                String sku,
        @Schema(examples = "books") @Nullable String category,
        @Schema(examples = "1", description = "1 unless given") @Nullable Integer quantity,
        @Schema(
                        implementation = Long.class,
                        examples = "1999",
                        required = true,
                        description = "Of the whole line, in minor units of the sale's currency")
                @Nullable
                JsonNode amount) {
    void read(String at, EventFields fields, List<Line> to) {
        fields.line(at, sku, category, amount, quantity == null ? 1 : quantity, to);
    }
}
