package dev.tributary.analytics.report;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.function.Function;

/**
 * Who asks for a report, as far as reports care.
 *
 * @param parameters by which it says what the report is of
 * @param ground finds that; asked when everything else is known to be right
 */
record Viewer(Set<String> parameters, Function<UriInfo, Uni<Ground>> ground) {
    Viewer {
        parameters = Set.copyOf(parameters);
    }

    Uni<Ground> find(UriInfo uri) {
        return ground.apply(uri);
    }
}
