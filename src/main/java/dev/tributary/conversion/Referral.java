package dev.tributary.conversion;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer who is bound to an affiliate, without anything that tells who the customer is.
 *
 * @param status {@code signed_up}, {@code converted} or {@code churned}
 * @param src the source tag of the click that brought it
 */
public record Referral(
        UUID id,
        UUID programId,
        UUID affiliateId,
        String status,
        String src,
        @Nullable UUID clickId,
        Instant signedUpAt,
        @Nullable Instant convertedAt,
        @Nullable Instant churnedAt) {
    /** What {@link #read} needs of the table, as {@code r}. */
    public static final String COLUMNS =
            """
            SELECT r.id, r.program_id, r.affiliate_id, r.status, r.src, r.click_id, r.signed_up_at, r.converted_at, r.churned_at
              FROM referral r
            """;

    public static Referral read(Row row) {
        return new Referral(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getUUID("affiliate_id"),
                row.getString("status"),
                row.getString("src"),
                row.getUUID("click_id"),
                row.getOffsetDateTime("signed_up_at").toInstant(),
                time(row, "converted_at"),
                time(row, "churned_at"));
    }

    private static @Nullable Instant time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
