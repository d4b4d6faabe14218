package dev.tributary.promo.validate;

import dev.tributary.postgres.Transactions;
import dev.tributary.promo.Discount;
import dev.tributary.promo.DiscountCode;
import dev.tributary.promo.Terms;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads codes from PostgreSQL for the cache: all of them page by page, those that changed, or one by its key. */
@ApplicationScoped
class CodeReads {
    /** Rows a query: some 300 bytes each, so about three megabytes in flight. */
    static final int PAGE = 10_000;
    /** More programs than any installation has; a few hundred bytes each. */
    private static final int MOST_PROGRAMS = 50_000;

    private static final String COLUMNS =
            """
            SELECT d.id, d.code_key, d.code, d.program_id, d.discount_type, d.value, d.currency, d.duration, d.duration_months,
                   d.max_uses_per_customer, d.minimum_plan, d.plans, d.products, d.stackable, d.starts_at, d.expires_at,
                   d.status = 'active' AND NOT d.suspended AND (d.max_uses IS NULL OR d.uses < d.max_uses) AS open, d.version
              FROM discount_code d
            """;
    private static final String ALL_AFTER =
            COLUMNS + " WHERE d.id > $1 AND d.status <> 'archived' ORDER BY d.id LIMIT $2";
    private static final String CHANGED =
            COLUMNS + " WHERE d.version > $1 AND (d.version, d.id) > ($2, $3) ORDER BY d.version, d.id LIMIT $4";
    private static final String BY_KEY = COLUMNS + " WHERE d.code_key = $1";
    private static final String VERSION = "SELECT last_value FROM change_version";
    private static final String PROGRAMS =
            """
            SELECT p.id, p.active, p.currency,
                   ARRAY(SELECT slug FROM program_plan l WHERE l.program_id = p.id ORDER BY position) AS plans
              FROM program p
            """;
    private static final String ALL_PROGRAMS = PROGRAMS + " LIMIT $1";
    private static final String ONE_PROGRAM = PROGRAMS + " WHERE p.id = $1";
    private static final String USES =
            """
            SELECT count(*) FROM redemption WHERE code_id = $1 AND customer_external_id = $2 AND state <> 'released'
            """;

    private final Transactions transactions;

    CodeReads(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The next page in id order, without archived ones, after the id given. */
    Uni<List<KnownCode>> page(UUID after) {
        return query(ALL_AFTER, Tuple.of(after, PAGE));
    }

    /** The next page of those with a version above the one given, in the order of versions. */
    Uni<List<KnownCode>> changed(long since, long afterVersion, UUID afterId) {
        return query(CHANGED, Tuple.of(since, afterVersion, afterId, PAGE));
    }

    Uni<Optional<KnownCode>> byKey(String key) {
        return query(BY_KEY, Tuple.of(key)).map(found -> found.stream().findFirst());
    }

    /** The newest version given out; those of running transactions may still appear below it. */
    Uni<Long> version() {
        return transactions
                .read(c -> c.query(VERSION).execute())
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Map<UUID, KnownProgram>> programs() {
        return programs(ALL_PROGRAMS, Tuple.of(MOST_PROGRAMS));
    }

    /** The one with this id; nothing where there is none. */
    Uni<Map<UUID, KnownProgram>> program(UUID id) {
        return programs(ONE_PROGRAM, Tuple.of(id));
    }

    private Uni<Map<UUID, KnownProgram>> programs(String sql, Tuple arguments) {
        return transactions.read(c -> c.preparedQuery(sql).execute(arguments)).map(rows -> {
            Map<UUID, KnownProgram> programs = new HashMap<>();
            for (Row row : rows)
                programs.put(
                        row.getUUID("id"),
                        new KnownProgram(
                                row.getBoolean("active"),
                                row.getString("currency"),
                                List.of(row.getArrayOfStrings("plans"))));
            return programs;
        });
    }

    /** How often a customer has used a code. */
    Uni<Long> uses(UUID codeId, String customer) {
        return transactions
                .read(c -> c.preparedQuery(USES).execute(Tuple.of(codeId, customer)))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Uni<List<KnownCode>> query(String sql, Tuple arguments) {
        return transactions.read(c -> c.preparedQuery(sql).execute(arguments)).map(CodeReads::read);
    }

    private static List<KnownCode> read(RowSet<Row> rows) {
        List<KnownCode> codes = new ArrayList<>(rows.size());
        // Neighbours were mostly generated together: their terms are made once.
        @Nullable Card last = null;
        for (Row row : rows) {
            Terms terms = terms(row);
            if (last == null || !last.terms().equals(terms)) last = Card.of(terms);
            codes.add(new KnownCode(
                    row.getUUID("id"),
                    row.getString("code_key"),
                    row.getString("code"),
                    last,
                    row.getBoolean("open"),
                    row.getLong("version")));
        }
        return codes;
    }

    private static Terms terms(Row row) {
        return new Terms(
                row.getUUID("program_id"),
                new Discount(
                        Discount.Type.of(row.getString("discount_type")),
                        row.getLong("value"),
                        row.getString("currency"),
                        Discount.Span.of(row.getString("duration")),
                        row.getInteger("duration_months")),
                new DiscountCode.Scope(
                        row.getString("minimum_plan"),
                        List.of(row.getArrayOfStrings("plans")),
                        List.of(row.getArrayOfStrings("products"))),
                row.getBoolean("stackable"),
                row.getInteger("max_uses_per_customer"),
                moment(row, "starts_at"),
                moment(row, "expires_at"));
    }

    private static @Nullable Instant moment(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
