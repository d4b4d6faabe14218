package dev.tributary.promo;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is read of the table {@code discount_code}: one, many for a list, many in the order of their ids. */
@ApplicationScoped
class CodeQueries {
    private static final String FIND = DiscountCodeRows.COLUMNS + " WHERE d.id = $1";
    private static final String LOCK = FIND + " FOR NO KEY UPDATE OF d";
    private static final String AFTER = DiscountCodeRows.COLUMNS + " WHERE d.id > $1 ORDER BY d.id LIMIT $2";
    private static final String OF_BATCH =
            DiscountCodeRows.COLUMNS + " WHERE d.batch_id = $1 AND d.id > $2 ORDER BY d.id LIMIT $3";
    private static final String OF_AFFILIATE =
            DiscountCodeRows.COLUMNS + " WHERE e.affiliate_id = $1 AND d.id < $2 ORDER BY d.id DESC LIMIT $3";
    private static final String LIST = DiscountCodeRows.COLUMNS
            + """
             WHERE d.id < $1 AND ($3::uuid IS NULL OR d.program_id = $3) AND ($4::uuid IS NULL OR e.affiliate_id = $4)
               AND ($5::text IS NULL OR $5 = CASE WHEN d.status = 'active' AND d.expires_at <= $6 THEN 'expired'
                                                  ELSE d.status END)
               AND ($7::text IS NULL OR d.code_key LIKE $7 OR lower(d.description) LIKE lower($8))
               AND ($9::uuid IS NULL OR d.batch_id = $9)
             ORDER BY d.id DESC LIMIT $2
            """;
    private static final String IS_OPEN =
            """
            SELECT FROM discount_code WHERE code_key = $1 AND program_id = $2 AND status = 'active' AND NOT suspended
            """;
    private static final String MOST_OF_ONE_CUSTOMER =
            """
            SELECT count(*) AS uses FROM redemption WHERE code_id = $1 AND state <> 'released'
             GROUP BY customer_external_id ORDER BY uses DESC LIMIT 1
            """;

    private final Transactions transactions;

    CodeQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * What a list of codes is narrowed to; null = not.
     *
     * @param search a part of the code or of its description
     */
    record Filter(
            @Nullable UUID programId,
            @Nullable UUID affiliateId,
            @Nullable String status,
            @Nullable String search,
            @Nullable UUID batchId) {}

    Uni<Optional<DiscountCode>> find(SqlConnection c, UUID id) {
        return one(c, FIND, id);
    }

    /** With its row locked against whoever uses or changes it. */
    Uni<Optional<DiscountCode>> lock(SqlConnection tx, UUID id) {
        return one(tx, LOCK, id);
    }

    private static Uni<Optional<DiscountCode>> one(SqlConnection c, String sql, UUID id) {
        return c.preparedQuery(sql).execute(Tuple.of(id)).map(rows -> DiscountCodeRows.read(rows).stream()
                .findFirst());
    }

    Uni<List<DiscountCode>> after(SqlConnection c, UUID after, int limit) {
        return c.preparedQuery(AFTER).execute(Tuple.of(after, limit)).map(DiscountCodeRows::read);
    }

    Uni<List<DiscountCode>> ofBatch(SqlConnection c, UUID batchId, UUID after, int limit) {
        return c.preparedQuery(OF_BATCH)
                .execute(Tuple.of(batchId, after, limit))
                .map(DiscountCodeRows::read);
    }

    Uni<List<DiscountCode>> ofAffiliate(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return c.preparedQuery(OF_AFFILIATE)
                .execute(Tuple.of(affiliateId, before, limit))
                .map(DiscountCodeRows::read);
    }

    Uni<List<DiscountCode>> list(UUID before, int limit, Filter filter, Instant now) {
        String search = filter.search == null ? null : escaped(filter.search);
        Tuple asked = Tuple.tuple(Arrays.asList(
                before,
                limit,
                filter.programId,
                filter.affiliateId,
                filter.status,
                now.atOffset(ZoneOffset.UTC),
                search == null ? null : "%" + DiscountCodeText.key(search) + "%",
                search == null ? null : "%" + search + "%",
                filter.batchId));
        return transactions.read(c -> c.preparedQuery(LIST).execute(asked)).map(DiscountCodeRows::read);
    }

    private static String escaped(String text) {
        return text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    Uni<Boolean> isOpen(SqlConnection c, UUID programId, String key) {
        return c.preparedQuery(IS_OPEN).execute(Tuple.of(key, programId)).map(rows -> rows.size() > 0);
    }

    /** How often the customer used a code who used it most. */
    Uni<Integer> mostOfOneCustomer(SqlConnection c, UUID codeId) {
        return c.preparedQuery(MOST_OF_ONE_CUSTOMER)
                .execute(Tuple.of(codeId))
                .map(rows -> rows.size() == 0
                        ? 0
                        : Math.toIntExact(rows.iterator().next().getLong(0)));
    }
}
