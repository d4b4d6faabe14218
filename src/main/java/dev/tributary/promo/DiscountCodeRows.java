package dev.tributary.promo;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rows of the table {@code discount_code} as they are read. */
final class DiscountCodeRows {
    /** Every column, and the affiliate. */
    static final String COLUMNS =
            """
            SELECT d.id, d.program_id, p.currency AS program_currency, d.enrollment_id, e.affiliate_id, d.code, d.description,
                   d.discount_type, d.value, d.currency, d.duration, d.duration_months, d.max_uses, d.max_uses_per_customer, d.minimum_plan, d.plans,
                   d.products, d.stackable, d.status, d.suspended, d.starts_at, d.expires_at, d.uses, d.discount_minor,
                   d.batch_id, d.created_by, d.version, d.created_at, d.updated_at
              FROM discount_code d
              JOIN program p ON p.id = d.program_id
              LEFT JOIN enrollment e ON e.id = d.enrollment_id
            """;

    private DiscountCodeRows() {}

    static List<DiscountCode> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(DiscountCodeRows::read)
                .toList();
    }

    private static DiscountCode read(Row row) {
        return new DiscountCode(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getString("program_currency"),
                row.getUUID("enrollment_id"),
                row.getUUID("affiliate_id"),
                row.getString("code"),
                row.getString("description"),
                discount(row),
                new DiscountCode.Limits(row.getInteger("max_uses"), row.getInteger("max_uses_per_customer")),
                new DiscountCode.Scope(
                        row.getString("minimum_plan"),
                        List.of(row.getArrayOfStrings("plans")),
                        List.of(row.getArrayOfStrings("products"))),
                row.getBoolean("stackable"),
                CodeStatus.of(row.getString("status")),
                row.getBoolean("suspended"),
                moment(row, "starts_at"),
                moment(row, "expires_at"),
                new DiscountCode.Used(row.getInteger("uses"), row.getLong("discount_minor")),
                row.getUUID("batch_id"),
                row.getString("created_by"),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static Discount discount(Row row) {
        return new Discount(
                Discount.Type.of(row.getString("discount_type")),
                row.getLong("value"),
                row.getString("currency"),
                Discount.Span.of(row.getString("duration")),
                row.getInteger("duration_months"));
    }

    private static @Nullable Instant moment(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
