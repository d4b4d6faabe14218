package dev.tributary.postgres;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.HealthGroup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Tells operators whether PostgreSQL answers. It is no part of readiness: redirects go on without it. */
@HealthGroup("stores")
@ApplicationScoped
class PostgresHealth implements AsyncHealthCheck {
    private static final String NAME = "postgresql";

    private final Transactions transactions;

    PostgresHealth(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return transactions
                .read(connection -> connection.query("SELECT 1").execute())
                .map(answer -> HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(away -> HealthCheckResponse.down(NAME));
    }
}
