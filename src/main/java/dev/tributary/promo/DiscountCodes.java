package dev.tributary.promo;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The discount codes, for whoever keeps them in step with a payment provider. */
@ApplicationScoped
public class DiscountCodes {
    private final CodeQueries queries;

    DiscountCodes(CodeQueries queries) {
        this.queries = queries;
    }

    public Uni<Optional<DiscountCode>> find(SqlConnection c, UUID id) {
        return queries.find(c, id);
    }

    /** The next codes in the order of their ids, archived ones too, after the id given; below every id: all zeros. */
    public Uni<List<DiscountCode>> page(SqlConnection c, UUID after, int limit) {
        return queries.after(c, after, limit);
    }

    /** The same of one batch. */
    public Uni<List<DiscountCode>> batch(SqlConnection c, UUID batchId, UUID after, int limit) {
        return queries.ofBatch(c, batchId, after, limit);
    }

    /** Whether the program has this code and it may be used now, so that naming it leads to its affiliate. */
    public Uni<Boolean> isOpen(SqlConnection c, UUID programId, String code) {
        return queries.isOpen(c, programId, DiscountCodeText.key(code));
    }
}
