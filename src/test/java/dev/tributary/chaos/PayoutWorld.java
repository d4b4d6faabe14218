package dev.tributary.chaos;

import dev.tributary.crypto.Sealed;
import dev.tributary.embedded.EmbeddedPostgres;
import dev.tributary.id.TypeId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * A program with affiliates who are owed money, each from a sale of its own, and who may be paid without anybody looking. Who has
 * no way to be paid yet is left out of runs, so a run pays those whom the test lets in.
 */
final class PayoutWorld {
    /** Any 32 bytes. */
    static final String MASTER_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    static final String SECRET = "whsec_of-the-shop-that-pays";
    /** Affiliate, enrollment and payout method have one id: the number below it. */
    private static final String ID = "01900000-0000-7000-8000-%012d";

    private static final UUID PROGRAM = id(0);
    private static final String PEOPLE =
            """
            WITH n AS (SELECT i, ('01900000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid AS id FROM generate_series(1, ?) AS i),
            a AS (
              INSERT INTO affiliate (id, name, email, email_key, status, created_at, updated_at)
              SELECT id, 'Ada ' || i, 'ada' || i || '@mail.example', 'ada' || i || '@mail.example', 'active', now(), now() FROM n),
            c AS (INSERT INTO referral_code (code_key, created_at) SELECT 'KILL' || i, now() FROM n),
            f AS (INSERT INTO fraud_score (affiliate_id, score, reasons, scored_at) SELECT id, 3, '{}', now() FROM n)
            INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, created_at, updated_at)
            SELECT id, '%s', id, 'active', 'KILL' || i, 'KILL' || i, now(), now() FROM n
            """
                    .formatted(PROGRAM);
    private static final String SHOP =
            """
            INSERT INTO program (id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source, hold_days,
                                 min_payout_minor, base_rate_bps, created_at, updated_at)
            VALUES ('%1$s', 'Kill', 'kill', 'https://shop.example/', '{shop.example}', 'USD', 'UTC', 'kill', 0, 1, 1000, now(), now());
            INSERT INTO payout_terms (program_id, fee_flat_minor, fee_bps, fee_most_minor, cooling_hours, tax_form_required,
                                      verified_papers, automatic_under_minor, four_eyes_from_minor, day_of_month, daily, requests,
                                      updated_at)
            VALUES ('%1$s', 0, 0, NULL, 0, false, false, 1000000000000, 1000000000000, 1, false, false, now())
            """
                    .formatted(PROGRAM);
    private static final String STRIPE_SECRET =
            """
            INSERT INTO stripe_secret (id, owner_id, hint, hash, material, wrapped, created_at)
            VALUES (gen_random_uuid(), ?, 'pays', ?, ?, false, now())
            """;
    private static final String METHOD =
            """
            INSERT INTO payout_method (id, affiliate_id, rail, currency, state, hint, destination, destination_hash, key_id,
                                       chosen_by, created_at, confirmed_by, confirmed_at)
            VALUES (?, ?, ?, 'USD', 'active', 'acct', ?, ?, ?, 'tester', now(), 'tester', now())
            """;
    private static final String RUN =
            """
            INSERT INTO payout_run (id, program_id, kind, state, started_by, started_at)
            VALUES (?, ?, 'manual', 'running', 'tester', now())
            """;
    /** A quarter of an hour passes for all that is under way; what was frozen stays as it is. */
    private static final String LATER =
            """
            UPDATE payout SET next_at = next_at - interval '15 minutes', send_not_after = send_not_after - interval '15 minutes',
                   not_before = not_before - interval '15 minutes', absent_at = absent_at - interval '15 minutes'
             WHERE state IN ('approved', 'submitted', 'unknown')
            """;

    private final House house;
    private final String rail;
    private int letIn;

    PayoutWorld(House house, String rail) {
        this.house = house;
        this.rail = rail;
    }

    static UUID id(int number) {
        return UUID.fromString(ID.formatted(number));
    }

    static String eventsPath() {
        return "/webhooks/stripe/" + TypeId.PROGRAM.format(PROGRAM);
    }

    /** The schema must be there. The n-th affiliate sold for 100,000 + n, of which a tenth is theirs, rounded. */
    Path fill(int people) throws SQLException, IOException {
        execute(SHOP);
        try (Connection connection = open();
                PreparedStatement statement = connection.prepareStatement(PEOPLE)) {
            statement.setInt(1, people);
            statement.executeUpdate();
        }
        byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
        try (Connection connection = open();
                PreparedStatement statement = connection.prepareStatement(STRIPE_SECRET)) {
            statement.setObject(1, PROGRAM);
            statement.setBytes(2, MessageDigest.getInstance("SHA-256").digest(secret));
            statement.setBytes(3, secret);
            statement.executeUpdate();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return sales(people);
    }

    private Path sales(int people) throws IOException {
        Path file = house.home().resolve("sales.csv").toAbsolutePath();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("externalId,amount,affiliateId\n");
            for (int i = 1; i <= people; i++)
                out.write("sale-%d,%d,%s\n".formatted(i, 100_000 + 10 * i, TypeId.AFFILIATE.format(id(i))));
        }
        return file;
    }

    /** So many more can be paid from now on; answers their enrollments. */
    List<UUID> letIn(int more) throws SQLException {
        List<UUID> all = new ArrayList<>();
        try (Connection connection = open();
                PreparedStatement statement = connection.prepareStatement(METHOD)) {
            for (int i = 0; i < more; i++) {
                UUID id = id(++letIn);
                String destination = "acct_%d".formatted(letIn);
                statement.setObject(1, id);
                statement.setObject(2, id);
                statement.setString(3, rail);
                statement.setBytes(4, Sealed.of(MASTER_KEY, destination, "payout_method.destination " + id));
                statement.setBytes(5, ("%016d".formatted(letIn)).getBytes(StandardCharsets.US_ASCII));
                statement.setString(6, Sealed.keyId(MASTER_KEY));
                statement.addBatch();
                all.add(id);
            }
            statement.executeBatch();
        }
        return all;
    }

    /** Whoever carries out runs finds it. */
    UUID startRun() throws SQLException {
        UUID id = UUID.randomUUID();
        try (Connection connection = open();
                PreparedStatement statement = connection.prepareStatement(RUN)) {
            statement.setObject(1, id);
            statement.setObject(2, PROGRAM);
            statement.executeUpdate();
        }
        return id;
    }

    void quarterOfAnHourPasses() throws SQLException {
        execute(LATER);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(texts(sql).get(0));
    }

    /** The first column. */
    List<String> texts(String sql) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) all.add(rows.getString(1));
        }
        return all;
    }

    Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", EmbeddedPostgres.USER);
        return DriverManager.getConnection("jdbc:" + house.postgres().url("tributary_chaos"), properties);
    }
}
