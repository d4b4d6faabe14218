package dev.tributary.analytics.insight;

import dev.tributary.analytics.figure.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** One way to find insights. A rule is a bean: to add one is to add a file. */
interface InsightRule {
    /** Its name, which insights carry. */
    String word();

    /** What it looks for and from when on it speaks, in one sentence for people. */
    String explained();

    /** Whether it has anything to say to whoever asks: staff of a whole program, or one affiliate. */
    boolean speaksTo(Subject subject);

    /** Few: each rule names the heaviest of its own. */
    Uni<List<Insight>> find(SqlConnection c, Look look);
}
