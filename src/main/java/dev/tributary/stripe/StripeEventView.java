package dev.tributary.stripe;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An event of Stripe's and what became of it, as the API shows it. */
@Schema(name = "StripeEvent")
public record StripeEventView(
        @Schema(examples = "evt_1PqkGm2eZvKYlo2C", description = "Stripe's own id") String id,
        @Schema(examples = "invoice.paid") String type,
        @Schema(description = "False of Stripe's test mode") boolean livemode,
        Instant createdAt,
        Instant receivedAt,
        StripeEffect.State state,
        @Schema(examples = "The sale cnv_01h455vb4pex5vsknk084sn02w is accepted", description = "Why") String note,
        @Schema(examples = "1") int attempts,
        @Schema(nullable = true, description = "When it is tried again at the latest; only while it waits") @Nullable
                Instant nextAttemptAt) {

    /** With the id by which lists are paged. */
    public record Entry(UUID id, StripeEventView view) {}

    static Entry read(Row row) {
        OffsetDateTime next = row.getOffsetDateTime("next_attempt_at");
        return new Entry(
                row.getUUID("id"),
                new StripeEventView(
                        row.getString("event_id"),
                        row.getString("type"),
                        row.getBoolean("livemode"),
                        row.getOffsetDateTime("created_at").toInstant(),
                        row.getOffsetDateTime("received_at").toInstant(),
                        StripeEffect.State.of(row.getString("state")),
                        row.getString("note"),
                        row.getInteger("attempts"),
                        next == null ? null : next.toInstant()));
    }
}
