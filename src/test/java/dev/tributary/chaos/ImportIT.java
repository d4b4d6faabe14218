package dev.tributary.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.EmbeddedPostgres;
import dev.tributary.id.TypeId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An import that is killed again and again ends with every row once. {@code -Dimport.rows=100000 -Dimport.kills=10} is the
 * long course.
 */
@Timeout(900)
class ImportIT {
    private static final int ROWS = Integer.getInteger("import.rows", 12_000);
    private static final int KILLS = Integer.getInteger("import.kills", 3);
    private static final String ID = "01900000-0000-7000-8000-000000000001";
    private static final String SHOP =
            """
            INSERT INTO affiliate (id, name, email, email_key, status, created_at, updated_at)
            VALUES ('%1$s', 'Ada', 'ada@mail.example', 'ada@mail.example', 'active', now(), now());
            INSERT INTO program (id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source, created_at, updated_at)
            VALUES ('%1$s', 'Eco', 'eco', 'https://shop.example/', '{shop.example}', 'EUR', 'UTC', 'eco', now(), now());
            INSERT INTO referral_code (code_key, created_at) VALUES ('ECO', now());
            INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, created_at, updated_at)
            VALUES ('%1$s', '%1$s', '%1$s', 'active', 'ECO', 'ECO', now(), now())
            """
                    .formatted(ID);

    private static House house;

    @BeforeAll
    static void open() {
        house = new House(Path.of("target/imports"), House.SHORT_LIVED);
    }

    @AfterAll
    static void close() {
        if (house != null) house.close();
    }

    @Test
    void an_import_that_is_killed_again_and_again_ends_with_every_row_once() throws Exception {
        assertThat(command("prepare").run("job", "migrate")).isZero();
        run(SHOP);
        Path file = file();
        long before = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            Process importing = command("kill" + kill).spawn(arguments(file));
            // Anywhere: each time some way further than the last.
            long until = before + ROWS / (KILLS + 1) / 2;
            while (importing.isAlive() && number("SELECT coalesce(max(rows_done), 0) FROM conversion_import") < until)
                PackagedApp.pause();
            importing.destroyForcibly().waitFor();
            before = number("SELECT coalesce(max(rows_done), 0) FROM conversion_import");
            assertThat(number("SELECT count(*) FROM conversion")).isEqualTo(before);
        }
        Process last = command("last").spawn(arguments(file));
        assertThat(last.waitFor(600, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).isZero();

        assertThat(number("SELECT count(*) FROM conversion")).isEqualTo(ROWS);
        assertThat(number("SELECT sum(amount_minor) FROM conversion")).isEqualTo(ROWS * (ROWS + 1L) / 2);
        assertThat(number("SELECT count(DISTINCT external_id) FROM conversion")).isEqualTo(ROWS);
        assertThat(number("SELECT count(*) FROM outbox_event WHERE type = 'conversion.accepted'"))
                .isEqualTo(ROWS);
        assertThat(number("SELECT accepted FROM conversion_import")).isEqualTo(ROWS);
        assertThat(number("SELECT count(*) FROM conversion_import")).isOne();
        assertThat(one("SELECT status FROM conversion_import")).isEqualTo("succeeded");
    }

    private static List<String> arguments(Path file) {
        return List.of(
                "job", "import-conversions", "--file", file.toAbsolutePath().toString(), "--program", "eco");
    }

    /** Sales of 1, 2, 3 ... minor units, some of customers who come again. */
    private static Path file() throws IOException {
        Path file = house.home().resolve("sales.csv");
        String affiliate = TypeId.AFFILIATE.format(UUID.fromString(ID));
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("externalId,amount,affiliateId,customerExternalId\n");
            for (int i = 1; i <= ROWS; i++)
                out.write("order-%d,%d,%s,customer-%d\n".formatted(i, i, affiliate, i % 5_000));
        }
        return file;
    }

    private static PackagedApp command(String name) {
        return house.newApp(name, Map.of("TRIBUTARY_DEMO", "false"));
    }

    private static long number(String sql) throws SQLException {
        return Long.parseLong(one(sql));
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
