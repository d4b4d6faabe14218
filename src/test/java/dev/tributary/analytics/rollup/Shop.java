package dev.tributary.analytics.rollup;

import dev.tributary.Promoter;
import dev.tributary.click.Landings;
import dev.tributary.id.Ids;
import dev.tributary.outbox.Event;
import dev.tributary.outbox.Outbox;
import dev.tributary.postgres.Transactions;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A program with affiliates to whom everything happens that figures count, told through the outbox as the rooms do. */
final class Shop {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int AFFILIATES = 5;
    private static final int DAYS = 70;

    private static final String JOIN =
            """
            WITH a AS (
                INSERT INTO affiliate (id, name, email, email_key, status, created_at, updated_at)
                VALUES ($1, 'Bo', $1::uuid || '@mail.example', $1::uuid || '@mail.example', 'active', now(), now())),
            c AS (INSERT INTO referral_code (code_key, created_at) VALUES ($1::uuid::text, now())),
            e AS (
                INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, created_at, updated_at)
                VALUES ($1, $2, $1, 'active', $1::uuid::text, $1::uuid::text, now(), now()))
            INSERT INTO link (id, enrollment_id, program_id, affiliate_id, code, code_key, src, status, created_at, updated_at)
            VALUES ($1, $1, $2, $1, $1::uuid::text, $1::uuid::text, '', 'active', now(), now())
            """;
    private static final String SELL =
            """
            INSERT INTO conversion (id, program_id, kind, external_id, enrollment_id, affiliate_id, link_id, src, amount_minor,
                   currency, status, occurred_at, customer_external_id, click_id, decision)
            VALUES ($1, $2, $3, $1::uuid::text, $4, $4, $4, $5, $6, $7, 'accepted', $8, $9, $10, 1)
            """;
    private static final String DECIDED =
            """
            INSERT INTO attribution_decision (conversion_id, number, basis, model, version, window_days, click_missing,
                   candidates, decided_at) VALUES ($1, $2, 'click', 'last_click', 1, 30, false, '[]', now())
            """;
    private static final String CREDITED =
            """
            INSERT INTO attribution (conversion_id, decision, enrollment_id, affiliate_id, click_id, link_id, src, weight_bps,
                   basis) VALUES ($1, $2, $3, $3, $4, $3, $5, 10000, 'click')
            """;
    private static final String BIND =
            """
            INSERT INTO referral (id, program_id, enrollment_id, affiliate_id, customer_external_id, status, src, click_id,
                   signed_up_at, converted_at)
            VALUES ($1, $2, $3, $3, $4, 'converted', '', $5, $6, $6) ON CONFLICT DO NOTHING
            """;
    private static final String EARN =
            """
            INSERT INTO commission (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, conversion_id,
                   amount_minor, currency, status, earned_at)
            VALUES ($1, $2, $3, $3, 'conversion', $1, 'test', $4, $5, 'EUR', 'pending', $6)
            """;
    private static final String REFUND =
            """
            INSERT INTO refund (id, program_id, external_id, kind, sale_external_id, conversion_id, amount_minor, currency,
                   occurred_at) VALUES ($1, $2, $1::uuid::text, $3, $4::uuid::text, $4, $5, 'EUR', $6)
            """;
    private static final String PAY =
            """
            INSERT INTO payout (id, kind, program_id, enrollment_id, affiliate_id, rail, method_id, gross_minor, fee_minor,
                   withheld_minor, currency, state, requested_by, key, destination, body, attempts, first_at, send_not_after,
                   not_before, next_kind, created_at, submitted_at, paid_at, ended_at, updated_at)
            VALUES ($1, 'manual', $2, $3, $3, 'manual', $1, $4, 0, 0, 'EUR', 'paid', 'staff', $1::uuid::text, 'x', 'x', 1, $5,
                    $5, $5, 'nothing', $5, $5, $5, $5, $5)
            """;

    private final Pool pool;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Ids ids;
    private final Landings landings;
    private final Random random;
    final UUID program;
    final List<UUID> affiliates = new ArrayList<>();
    final Instant began = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final List<UUID> conversions = new ArrayList<>();
    private final List<UUID> commissions = new ArrayList<>();
    private final List<UUID> payouts = new ArrayList<>();
    private final List<Landings.Shot> landed = new ArrayList<>();

    Shop(Pool pool, Transactions transactions, Outbox outbox, Ids ids, Landings landings, String zone, long seed) {
        this.pool = pool;
        this.transactions = transactions;
        this.outbox = outbox;
        this.ids = ids;
        this.landings = landings;
        random = new Random(seed);
        program = Promoter.in(pool, zone).id();
        affiliates.add(program);
        for (int i = 1; i < AFFILIATES; i++) {
            UUID id = ids.next();
            query(JOIN, id, program);
            affiliates.add(id);
        }
    }

    RowSet<Row> query(String sql, Object... arguments) {
        return pool.preparedQuery(sql).execute(Tuple.from(arguments)).await().atMost(ANSWER);
    }

    /** One of everything that can happen. */
    void something() {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> clicks();
            case 3, 4 -> sale();
            case 5 -> decideAgain();
            case 6 -> refund();
            case 7 -> commission();
            case 8 -> payout();
            default -> churn();
        }
    }

    private void clicks() {
        List<Landings.Shot> batch = new ArrayList<>();
        boolean late = random.nextInt(4) == 0;
        for (int i = 0; i < 8; i++) {
            UUID affiliate = one(affiliates);
            Instant at = began.minus(random.nextInt(late ? DAYS * 24 * 60 : 180), ChronoUnit.MINUTES);
            batch.add(new Landings.Shot(
                    at(at),
                    affiliate,
                    program,
                    affiliate,
                    one(List.of("", "news", "tube")),
                    one(List.of("DE", "US")),
                    random.nextInt(5) > 0,
                    random.nextBoolean()));
        }
        // Some come twice, as from a journal that is read again.
        for (int i = 0; i < 3 && !landed.isEmpty(); i++) batch.add(one(landed));
        landings.land(batch.stream().distinct().toList());
        landed.addAll(batch);
    }

    private UUID at(Instant moment) {
        UUID floor = Ids.floor(moment);
        return new UUID(
                floor.getMostSignificantBits() | 0x7000 | random.nextInt(0x1000),
                Long.MIN_VALUE | random.nextLong() >>> 2);
    }

    private void sale() {
        UUID id = ids.next();
        Landings.Shot click = landed.isEmpty() || random.nextBoolean() ? null : one(landed);
        UUID affiliate = click == null ? one(affiliates) : click.affiliateId();
        UUID clickId = click == null ? null : click.id();
        String customer = random.nextInt(5) == 0 ? null : "c" + random.nextInt(6);
        boolean lead = random.nextInt(3) == 0;
        String currency = random.nextInt(8) == 0 ? "USD" : "EUR";
        OffsetDateTime when = day();
        query(
                SELL,
                id,
                program,
                lead ? "lead" : "sale",
                affiliate,
                click == null ? "" : click.src(),
                (long) random.nextInt(5000),
                currency,
                when,
                customer,
                clickId);
        query(DECIDED, id, 1);
        query(CREDITED, id, 1, affiliate, clickId, click == null ? "" : click.src());
        if (customer != null) query(BIND, ids.next(), program, affiliate, customer, clickId, when);
        conversions.add(id);
        tell("conversion.accepted", id);
    }

    private void decideAgain() {
        if (conversions.isEmpty()) return;
        UUID id = one(conversions);
        UUID affiliate = one(affiliates);
        String status = one(List.of("accepted", "rejected", "refunded"));
        int number = query("SELECT decision FROM conversion WHERE id = $1", id)
                        .iterator()
                        .next()
                        .getInteger(0)
                + 1;
        query(DECIDED, id, number);
        query(CREDITED, id, number, affiliate, null, "");
        query(
                "UPDATE conversion SET status = $2, affiliate_id = $3, enrollment_id = $3, link_id = $3, src = '', decision = $4"
                        + " WHERE id = $1",
                id,
                status,
                affiliate,
                number);
        tell(status.equals("rejected") ? "conversion.rejected" : "conversion.accepted", id);
    }

    private void refund() {
        if (conversions.isEmpty()) return;
        UUID sale = one(conversions);
        query(
                REFUND,
                ids.next(),
                program,
                one(List.of("refund", "dispute", "dispute_won")),
                sale,
                (long) random.nextInt(900),
                day());
        tell("conversion.refunded", sale);
    }

    private void commission() {
        if (commissions.isEmpty() || random.nextBoolean()) {
            UUID id = ids.next();
            query(
                    EARN,
                    id,
                    program,
                    one(affiliates),
                    conversions.isEmpty() ? null : one(conversions),
                    (long) random.nextInt(500),
                    day());
            commissions.add(id);
            tell("commission.earned", id);
        } else {
            UUID id = one(commissions);
            query(
                    "UPDATE commission SET status = $2, reversed_minor = 10, amount_minor = amount_minor / 2 WHERE id = $1",
                    id,
                    one(List.of("pending", "approved", "rejected", "reversed")));
            tell("commission.changed", id);
        }
    }

    private void payout() {
        if (payouts.isEmpty() || random.nextBoolean()) {
            UUID id = ids.next();
            query(PAY, id, program, one(affiliates), 1L + random.nextInt(9000), day());
            payouts.add(id);
            tell("payout.paid", id);
        } else {
            UUID id = one(payouts);
            query("UPDATE payout SET state = 'returned', returned_minor = gross_minor WHERE id = $1", id);
            tell("payout.returned", id);
        }
    }

    private void churn() {
        for (Row row : query(
                "UPDATE referral SET status = 'churned', churned_at = $2 WHERE program_id = $1 AND customer_external_id = $3"
                        + " RETURNING id",
                program,
                day(),
                "c" + random.nextInt(6))) tell("referral.churned", row.getUUID(0));
    }

    /** Some events are told twice. */
    private void tell(String type, UUID id) {
        for (int i = random.nextInt(4) == 0 ? 0 : 1; i < 2; i++)
            transactions
                    .run(tx -> outbox.append(tx, new Event(ids.next(), type, id, new JsonObject())))
                    .await()
                    .atMost(ANSWER);
    }

    OffsetDateTime day() {
        return began.minus(random.nextInt(DAYS * 24 * 60), ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
