package dev.tributary.analytics.statement;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.mutiny.sqlclient.Row;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an affiliate is owed in one currency at a moment, or by how much that changed; minor units. */
@Schema(name = "StatementBalance")
record Holdings(
        @Schema(examples = "5000", description = "Earned, inside the refund window") long pending,
        @Schema(examples = "2500", description = "Payable; below 0 it is a debt") long available,
        @Schema(examples = "0", description = "In payouts on their way") long inTransit) {
    static final Holdings NOTHING = new Holdings(0, 0, 0);

    static Holdings read(Row row) {
        return new Holdings(row.getLong("pending"), row.getLong("available"), row.getLong("in_transit"));
    }

    Holdings plus(Holdings other) {
        return new Holdings(
                Math.addExact(pending, other.pending),
                Math.addExact(available, other.available),
                Math.addExact(inTransit, other.inTransit));
    }

    Holdings minus(Holdings other) {
        return new Holdings(
                Math.subtractExact(pending, other.pending),
                Math.subtractExact(available, other.available),
                Math.subtractExact(inTransit, other.inTransit));
    }

    @JsonProperty
    @Schema(examples = "7500", description = "All three")
    long total() {
        return Math.addExact(Math.addExact(pending, available), inTransit);
    }
}
