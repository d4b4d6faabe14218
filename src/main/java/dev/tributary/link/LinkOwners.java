package dev.tributary.link;

import dev.tributary.affiliate.CodeOwners;
import dev.tributary.program.ReferralCodes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Whose link a code is, also where the link has expired or been paused. */
@Singleton
class LinkOwners implements CodeOwners {
    private static final String OWNER = "SELECT affiliate_id FROM link WHERE code_key = $1";

    @Override
    public Uni<Optional<UUID>> affiliateOf(SqlConnection c, String code) {
        return c.preparedQuery(OWNER).execute(Tuple.of(ReferralCodes.key(code))).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> row.getUUID("affiliate_id"))
                .findFirst());
    }
}
