package dev.tributary.job;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;

/**
 * Tells at which version the schema is. Every start of this binary brings it up to date before anything else, so the
 * command has nothing left to do; it gives a deployment a step of its own, with an exit code, before new instances come.
 */
@Singleton
class MigrateJob implements Job {
    private static final String VERSION =
            """
            SELECT count(*) AS steps, max(installed_on)::text AS at,
                   (SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank DESC LIMIT 1) AS version
              FROM flyway_schema_history WHERE success
            """;

    @Override
    public String name() {
        return "migrate";
    }

    @Override
    public String description() {
        return "Brings the schema up to date, as every start does, and tells its version";
    }

    @Override
    public void run(JobRun run) {
        run.step(c -> c.query(VERSION).execute().map(rows -> {
            Row row = rows.iterator().next();
            run.report(
                    "the schema is at version %s after %d steps, the last at %s",
                    row.getString("version"), row.getLong("steps"), row.getString("at"));
            return Step.of(0);
        }));
    }
}
