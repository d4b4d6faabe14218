package dev.tributary.conversion;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/** A conversion with who is credited. */
record Shown(Conversion conversion, List<Credit> credits) {
    UUID id() {
        return conversion.id();
    }

    /** A page of them, by one more statement. */
    static Uni<List<Shown>> of(SqlConnection c, Credits credits, List<Conversion> page) {
        return credits.of(c, page.stream().map(Conversion::id).toList()).map(byId -> page.stream()
                .map(conversion -> new Shown(conversion, byId.getOrDefault(conversion.id(), List.of())))
                .toList());
    }
}
