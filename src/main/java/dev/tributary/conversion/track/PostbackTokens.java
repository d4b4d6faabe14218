package dev.tributary.conversion.track;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code postback_token}: one a program. */
@ApplicationScoped
class PostbackTokens {
    private static final String REPLACE =
            """
            INSERT INTO postback_token (program_id, token_hash, created_at) VALUES ($1, $2, $3)
            ON CONFLICT (program_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at
            """;
    private static final String REVOKE = "DELETE FROM postback_token WHERE program_id = $1";
    private static final String FIND =
            """
            SELECT p.id, p.currency FROM postback_token t JOIN program p ON p.id = t.program_id WHERE t.token_hash = $1
            """;

    /** Whose token it is. */
    record Owner(UUID programId, String currency) {}

    /** The one before works no more. */
    Uni<Void> replace(SqlConnection tx, UUID program, PostbackToken token, Instant now) {
        Tuple row = Tuple.of(program, Buffer.buffer(PostbackToken.hash(token.text())), now.atOffset(ZoneOffset.UTC));
        return tx.preparedQuery(REPLACE).execute(row).replaceWithVoid();
    }

    /** Answers whether there was one. */
    Uni<Boolean> revoke(SqlConnection tx, UUID program) {
        return tx.preparedQuery(REVOKE).execute(Tuple.of(program)).map(rows -> rows.rowCount() > 0);
    }

    Uni<Optional<Owner>> find(SqlConnection c, @Nullable String token) {
        if (!PostbackToken.fits(token)) return Uni.createFrom().item(Optional.empty());
        return c.preparedQuery(FIND)
                .execute(Tuple.of(Buffer.buffer(PostbackToken.hash(token))))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(new Owner(
                                rows.iterator().next().getUUID("id"),
                                rows.iterator().next().getString("currency"))));
    }
}
