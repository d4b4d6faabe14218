package dev.tributary.analytics.insight;

import dev.tributary.analytics.figure.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** A rule that needs nothing but the figures that were read already. */
interface FiguresRule extends InsightRule {
    List<Insight> find(Look look);

    @Override
    default boolean speaksTo(Subject subject) {
        return true;
    }

    @Override
    default Uni<List<Insight>> find(SqlConnection c, Look look) {
        return Uni.createFrom().item(() -> find(look));
    }
}
