package dev.tributary.program;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** The plans of programs, for the rooms downstream. */
@ApplicationScoped
public class Plans {
    private final PlanRepository plans;

    Plans(PlanRepository plans) {
        this.plans = plans;
    }

    /** A program's plans from the lowest up, at most {@value Plan#MOST}. */
    public Uni<List<Plan>> of(SqlConnection c, UUID programId) {
        return plans.of(c, programId);
    }
}
