package dev.tributary.promo;

import dev.tributary.affiliate.CodeOwners;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Whose a discount code is. */
@Singleton
class DiscountCodeOwners implements CodeOwners {
    private static final String OWNER =
            """
            SELECT e.affiliate_id FROM discount_code d JOIN enrollment e ON e.id = d.enrollment_id WHERE d.code_key = $1
            """;

    @Override
    public Uni<Optional<UUID>> affiliateOf(SqlConnection c, String code) {
        return c.preparedQuery(OWNER)
                .execute(Tuple.of(DiscountCodeText.key(code)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID("affiliate_id"))
                        .findFirst());
    }
}
