package dev.tributary.analytics.leaderboard;

import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Which ranking is asked for, and how much of it; what cannot be is a 400 that names the parameter. */
record Asked(Span span, Metric metric, int limit) {
    private static final int USUAL = 10;

    static Asked of(UriInfo uri) {
        return of(uri, USUAL, Board.MOST_SHOWN);
    }

    static Asked of(UriInfo uri, int usual, int most) {
        @Nullable String span = Params.oneOf(uri, "period", Span.values());
        @Nullable String metric = Params.oneOf(uri, "metric", Metric.values());
        String text = uri.getQueryParameters().getFirst("limit");
        int limit = text == null ? usual : text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > most)
            throw Problem.field("limit", "out_of_range", "limit is a number from 1 to " + most);
        return new Asked(
                span == null ? Span.MONTH : Span.of(span),
                metric == null ? Metric.REFERRALS : Metric.of(metric),
                limit);
    }
}
