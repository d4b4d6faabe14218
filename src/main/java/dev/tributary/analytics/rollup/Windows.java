package dev.tributary.analytics.rollup;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The spans of days that rankings of a whole program are asked for. Those that somebody asked for within three days are
 * added up once a day, so that a ranking reads a row for each affiliate and not one for each day; the others cost nothing.
 */
public final class Windows {
    private static final String ASK = "SELECT rollup_ask($1, $2, now())";

    private Windows() {}

    /** Whoever computes a ranking since a day says so; a span that is none of the usual is not noted. */
    public static Uni<Void> asked(SqlConnection connection, UUID programId, LocalDate from) {
        return connection.preparedQuery(ASK).execute(Tuple.of(programId, from)).replaceWithVoid();
    }
}
