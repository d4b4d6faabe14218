package dev.tributary.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs as an operator types them: real processes, with real exit codes, of which one is killed. */
@Timeout(300)
class JobCommandIT {
    private static House house;

    @BeforeAll
    static void open() {
        house = new House(Path.of("target/jobs"), House.SHORT_LIVED);
        assertThat(command("prepare").run("job", "migrate")).isZero();
    }

    @AfterAll
    static void close() {
        if (house != null) house.close();
    }

    @Test
    void a_job_prints_what_it_did_and_ends_with_0_and_an_unknown_one_with_2() throws Exception {
        PackagedApp command = command("first");

        // Another test's server may have made the days: one is taken away, so that there is something to do.
        run("DO $$ BEGIN EXECUTE 'DROP TABLE IF EXISTS click_' || to_char(now() AT TIME ZONE 'UTC' + '7 days',"
                + " 'YYYYMMDD'); END $$");
        assertThat(command.run("job", "partitions")).isZero();
        assertThat(command.run("job", "nosuch")).isEqualTo(2);
        assertThat(command.run("job")).isZero();

        String printed = Files.readString(command.log());
        assertThat(printed)
                .contains("make click_")
                .contains("partitions succeeded")
                .contains("nosuch")
                .contains("land")
                .doesNotContain("Exception");
    }

    @Test
    void where_postgresql_is_away_nothing_is_begun_and_it_ends_with_75() {
        PackagedApp command = house.newApp(
                "away",
                Map.of(
                        "TRIBUTARY_DEMO",
                        "false",
                        "TRIBUTARY_JOB_PATIENCE",
                        "1S",
                        "QUARKUS_DATASOURCE_REACTIVE_URL",
                        "postgresql://127.0.0.1:1/x"));

        assertThat(command.run("job", "retention")).isEqualTo(75);
    }

    @Test
    void a_second_process_ends_with_75_and_a_killed_one_is_marked_by_the_next() throws Exception {
        try (Connection blocker = connect();
                Statement statement = blocker.createStatement()) {
            // The job's only step reads this table, so it waits here, for less than its deadline of 2.5 s each.
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE click_journal IN ACCESS EXCLUSIVE MODE");
            Process killed = command("killed").spawn(java.util.List.of("job", "journals"));
            while (killed.isAlive() && !running("journals")) PackagedApp.pause();
            killed.destroyForcibly().waitFor();
            assertThat(killed.exitValue()).isEqualTo(137);
        }
        assertThat(running("journals")).as("nobody has told the database").isTrue();

        assertThat(command("next").run("job", "journals")).isZero();

        assertThat(one("SELECT string_agg(status, ',' ORDER BY id) FROM job_run WHERE job = 'journals'"))
                .isEqualTo("abandoned,succeeded");
        try (Connection holder = connect();
                Statement statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(20563, " + "journals".hashCode() + ")");
            PackagedApp second = command("second");
            assertThat(second.run("job", "journals")).isEqualTo(75);
            assertThat(Files.readString(second.log())).contains("journals is running");
        }
    }

    @Test
    void a_server_runs_the_jobs_at_the_times_that_its_settings_say() throws Exception {
        Map<String, String> times =
                Map.of("TRIBUTARY_JOB_RETENTION_SCHEDULE", "every 10s", "TRIBUTARY_JOB_JOURNALS_SCHEDULE", "off");
        try (PackagedApp server = house.newApp("scheduled", times)) {
            server.start();
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            String scheduled =
                    "SELECT count(*) > 1 FROM job_run WHERE job = 'retention' AND origin = 'schedule' AND status ="
                            + " 'succeeded'";
            while (one(scheduled).equals("f") && System.nanoTime() < deadline) PackagedApp.pause();

            assertThat(one(scheduled)).isEqualTo("t");
            assertThat(server.metric("tributary_job_runs_total")).isGreaterThan(1);
            assertThat(one("SELECT count(*) FROM job_run WHERE job = 'journals' AND origin = 'schedule'"))
                    .isEqualTo("0");
        }
    }

    private static PackagedApp command(String name) {
        return house.newApp(name, Map.of("TRIBUTARY_DEMO", "false"));
    }

    private static boolean running(String job) throws SQLException {
        return "1".equals(one("SELECT count(*) FROM job_run WHERE status = 'running' AND job = '" + job + "'"));
    }

    private static String one(String sql) throws SQLException {
        try (Connection connection = connect();
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", EmbeddedPostgres.USER);
        return DriverManager.getConnection("jdbc:" + house.postgres().url("tributary_chaos"), properties);
    }
}
