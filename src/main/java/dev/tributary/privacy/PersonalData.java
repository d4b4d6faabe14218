package dev.tributary.privacy;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * What one room holds about one affiliate as a person; found by CDI. The archive that a person may ask for holds every room's,
 * and an erasure asks every room.
 */
public interface PersonalData {
    /** A plural in camelCase such as {@code applications}: the archive's member. No two rooms have the same. */
    String name();

    /**
     * At most {@code limit} rows with an id below {@code before}, in descending order of their ids, so that an archive of any
     * length is written with little memory. Whole rows, as the person may read them: no keys, hashes or notes about others.
     */
    Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit);

    /**
     * Blanks what tells who the person is and answers how many rows were changed. Ids, dates, amounts and states stay, so that
     * the books balance. Called again it changes nothing. In the transaction that closes the account, so well within its
     * deadline.
     */
    Uni<Integer> erase(SqlConnection tx, UUID affiliateId);

    /**
     * {@link #export} by one query, which binds the affiliate, {@code before} and {@code limit} in this order and answers a column
     * {@code id}.
     */
    static Uni<List<Row>> page(
            SqlConnection c,
            String query,
            UUID affiliateId,
            UUID before,
            int limit,
            Function<io.vertx.mutiny.sqlclient.Row, JsonObject> shown) {
        return c.preparedQuery(query)
                .execute(Tuple.of(affiliateId, before, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Row(row.getUUID("id"), shown.apply(row)))
                        .toList());
    }

    /** One row, and the id by which the next page is asked for. */
    record Row(UUID id, JsonObject data) {}
}
