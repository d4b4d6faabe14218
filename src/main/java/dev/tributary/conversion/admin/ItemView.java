package dev.tributary.conversion.admin;

import dev.tributary.conversion.Line;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One line of an order. */
@Schema(name = "Item")
record ItemView(
        @Schema(examples = "EBOOK-7") String sku,
        @Schema(examples = "books") String category,
        @Schema(examples = "1") int quantity,
        @Schema(examples = "1999", description = "Of the whole line, in minor units") long amount) {
    static ItemView of(Line line) {
        return new ItemView(line.sku(), line.category(), line.quantity(), line.amountMinor());
    }
}
