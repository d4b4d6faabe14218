package dev.tributary.problem;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells failures of a dependency that is away, slow or full from failures of our own. */
final class Away {
    /** Statement canceled, lock not available, serialization, deadlock: the same request may succeed in a moment. */
    private static final Set<String> PASSING = Set.of("57014", "55P03", "40001", "40P01", "25006");

    private Away() {}

    static boolean store(Throwable t) {
        if (t instanceof PgException pg) return passing(pg.getSqlState());
        return t instanceof TimeoutException
                || t instanceof java.util.concurrent.TimeoutException
                || t instanceof ClosedConnectionException
                || t instanceof IOException && !(t instanceof com.fasterxml.jackson.core.JsonProcessingException)
                || t instanceof VertxException
                || poolTooBusy(t);
    }

    /** A provider whose keys cannot be fetched: named so by the sign-in extension, wherever it wraps it. */
    static boolean signIn(Throwable t) {
        return t.getClass().getName().startsWith("io.quarkus.oidc")
                && t.getClass().getSimpleName().contains("OIDC");
    }

    /** Classes 08 connection, 53 resources, 57P operator intervention. */
    private static boolean passing(@Nullable String state) {
        return state != null
                && (PASSING.contains(state)
                        || state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57P"));
    }

    private static boolean poolTooBusy(Throwable t) {
        String name = t.getClass().getSimpleName();
        String message = t.getMessage();
        return name.equals("ConnectionPoolTooBusyException")
                || name.startsWith("NoStackTrace")
                        && message != null
                        && (message.contains("imeout") || message.contains("closed"));
    }
}
