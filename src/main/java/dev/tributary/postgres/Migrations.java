package dev.tributary.postgres;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Brings the schema up to date: at start where PostgreSQL answers, else as soon as it does.
 *
 * <p>A process that starts while PostgreSQL is away must redirect from its link snapshot, so it cannot wait here. Where
 * PostgreSQL answers, the start waits for the migration, and a migration that fails ends it.
 */
@ApplicationScoped
public class Migrations {
    private static final Logger LOG = Logger.getLogger(Migrations.class);
    private static final long RETRY_MILLIS = 1_000;

    private final AgroalDataSource source;
    private final Flyway flyway;
    private final Vertx vertx;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Migrations(AgroalDataSource source, Flyway flyway, Vertx vertx) {
        this.source = source;
        this.flyway = flyway;
        this.vertx = vertx;
    }

    /** Before every other room's start, because those that find the schema there need no second attempt. */
    void onStart(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
        if (answers()) {
            migrate();
        } else {
            LOG.warn("PostgreSQL does not answer: the schema is looked at when it does");
            later();
        }
    }

    /** Completes when the schema is up to date, which may be long after the start. */
    public Uni<Void> done() {
        return Uni.createFrom().completionStage(done);
    }

    public boolean isDone() {
        return done.isDone();
    }

    private boolean answers() {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private void migrate() {
        flyway.migrate();
        done.complete(null);
    }

    private void later() {
        vertx.setTimer(RETRY_MILLIS, timer -> vertx.executeBlocking(this::attempt));
    }

    private Void attempt() {
        try {
            if (answers()) migrate();
        } catch (FlywayException e) {
            LOG.error("The schema was not brought up to date; tried again in a moment", e);
        }
        if (!done.isDone()) later();
        return null;
    }
}
