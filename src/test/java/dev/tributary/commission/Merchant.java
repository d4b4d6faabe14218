package dev.tributary.commission;

import dev.tributary.Promoter;
import dev.tributary.conversion.Buyer;
import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.Details;
import dev.tributary.conversion.Door;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.Kind;
import dev.tributary.conversion.Line;
import dev.tributary.conversion.Outcome;
import dev.tributary.conversion.Touch;
import dev.tributary.money.Money;
import dev.tributary.postgres.Transactions;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sells in one promoter's program, in EUR, and reads what the database has of it. */
final class Merchant {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Pool pool;
    private final Conversions conversions;
    private final Transactions transactions;
    private final Booker booker;
    final Promoter promoter;

    Merchant(Pool pool, Conversions conversions, Transactions transactions, Booker booker) {
        this.pool = pool;
        this.conversions = conversions;
        this.transactions = transactions;
        this.booker = booker;
        promoter = Promoter.in(pool, "UTC");
    }

    /** One enrollment more in the program, recruited by the promoter. */
    UUID recruit() {
        UUID id = UUID.randomUUID();
        String code = "R" + id.toString().substring(24).toUpperCase();
        query(
                """
                WITH a AS (
                  INSERT INTO affiliate (id, name, email, email_key, status, recruiter_id, created_at, updated_at)
                  VALUES ($1, 'Bo', $1::uuid || '@mail.example', $1::uuid || '@mail.example', 'active', $2, now(), now())),
                c AS (INSERT INTO referral_code (code_key, created_at) VALUES ($3, now()))
                INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, created_at, updated_at)
                VALUES ($1, $2, $1, 'active', $3, $3, now(), now())
                """,
                id,
                promoter.id(),
                code);
        return id;
    }

    UUID sale(long amount) {
        return sale(promoter.id(), amount, List.of());
    }

    UUID sale(UUID affiliate, long amount, List<Line> lines) {
        return event(Kind.SALE, UUID.randomUUID().toString(), null, affiliate, amount, lines);
    }

    UUID lead(String customer) {
        return event(Kind.LEAD, "lead-" + customer, customer, promoter.id(), 0, List.of());
    }

    UUID sale(String externalId, @Nullable String customer, long amount) {
        return event(Kind.SALE, externalId, customer, promoter.id(), amount, List.of());
    }

    UUID sale(UUID affiliate, String externalId, long amount) {
        return event(Kind.SALE, externalId, null, affiliate, amount, List.of());
    }

    private UUID event(
            Kind kind, String externalId, @Nullable String customer, UUID affiliate, long amount, List<Line> lines) {
        Incoming incoming = new Incoming(
                promoter.id(),
                kind,
                externalId,
                customer,
                new Money(amount, "EUR"),
                lines,
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                Door.STAFF,
                Touch.affiliate(affiliate),
                Buyer.UNKNOWN,
                Details.NONE);
        List<Outcome> outcomes = conversions.intake(List.of(incoming)).await().atMost(ANSWER);
        if (outcomes.get(0).credits().isEmpty()) throw new AssertionError(outcomes.toString());
        return outcomes.get(0).id();
    }

    /** So much of the sale has gone back in all. */
    void refunded(UUID conversion, long amount) {
        query("UPDATE conversion SET refunded_minor = $2 WHERE id = $1", conversion, amount);
        transactions
                .run(tx -> conversions.makeDue(tx, List.of(conversion)))
                .await()
                .atMost(ANSWER);
    }

    /** Books until nothing of anybody's is due. */
    void book() {
        while (transactions
                        .run(tx -> booker.book(tx, 500))
                        .await()
                        .atMost(ANSWER)
                        .taken()
                > 0) {}
    }

    /** Rule, status and what stands, in the order in which they were made. */
    List<String> commissions(UUID affiliate) {
        return query("SELECT * FROM commission WHERE affiliate_id = $1 ORDER BY id", affiliate).stream()
                .map(row -> "%s %s %d"
                        .formatted(row.getString("rule"), row.getString("status"), row.getLong("amount_minor")))
                .toList();
    }

    List<String> commissions() {
        return commissions(promoter.id());
    }

    /** pending, available. */
    String balance(UUID enrollment) {
        return query("SELECT pending, available FROM ledger_balance WHERE enrollment_id = $1", enrollment).stream()
                .map(row -> row.getLong("pending") + " " + row.getLong("available"))
                .findFirst()
                .orElse("none");
    }

    String balance() {
        return balance(promoter.id());
    }

    UUID rule(String kind, String terms, @Nullable String capPeriod, @Nullable Long cap) {
        UUID id = UUID.randomUUID();
        query(
                """
                INSERT INTO commission_rule (id, number, program_id, kind, scope, valid_from, cap_period, cap_minor, terms,
                                             active, created_at)
                VALUES ($1, 1, $2, $3, 'program', '2020-01-01Z', $4, $5, $6::text::jsonb, true, now())
                """,
                id,
                promoter.id(),
                kind,
                capPeriod,
                cap,
                terms);
        return id;
    }

    List<JsonObject> query(String sql, @Nullable Object... arguments) {
        List<JsonObject> rows = new ArrayList<>();
        for (Row row : pool.preparedQuery(sql)
                .execute(Tuple.tuple(java.util.Arrays.asList(arguments)))
                .await()
                .atMost(ANSWER)) rows.add(row.toJson());
        return rows;
    }
}
