package dev.tributary.payout;

import dev.tributary.MovedClock;
import dev.tributary.Promoter;
import dev.tributary.crypto.Vault;
import dev.tributary.ledger.BookCheck;
import dev.tributary.ledger.Entry;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Purse;
import dev.tributary.ledger.Source;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.Transfer;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes programs and people who are owed money, moves the clock, and does what the loops would: one thing at a time. */
@Singleton
class Paymaster {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Pool pool;
    private final Transactions transactions;
    private final Ledger ledger;
    private final Vault vault;
    private final Claims claims;
    private final Answers answers;
    private final Chunks chunks;
    private final Runs runs;
    private final Payouts payouts;
    private final Instance<BookCheck> checks;
    private final Instance<MovedClock> clock;
    private final Instance<MemoryRail> rail;

    Paymaster(
            Pool pool,
            Transactions transactions,
            Ledger ledger,
            Vault vault,
            Claims claims,
            Answers answers,
            Chunks chunks,
            Runs runs,
            Payouts payouts,
            Instance<BookCheck> checks,
            Instance<MovedClock> clock,
            Instance<MemoryRail> rail) {
        this.pool = pool;
        this.transactions = transactions;
        this.ledger = ledger;
        this.vault = vault;
        this.claims = claims;
        this.answers = answers;
        this.chunks = chunks;
        this.runs = runs;
        this.payouts = payouts;
        this.checks = checks;
        this.clock = clock;
        this.rail = rail;
    }

    /** The rail and the clock as they are at the beginning of a test. */
    void begins() {
        rail.get().calm();
        clock.get().at(Instant.now().toString());
        // what earlier tests left under way is nobody's business now
        query(
                "UPDATE payout SET next_at = next_at + interval '10 years' WHERE rail = 'memory' AND next_at < now() + interval '1 year'");
    }

    Instant now() {
        return clock.get().instant().truncatedTo(ChronoUnit.MICROS);
    }

    void passes(Duration time) {
        clock.get().at(now().plus(time).toString());
    }

    /** A program in EUR that asks for no papers and pays up to so much without anybody; its first member has its id. */
    UUID program(long automaticUnder) {
        UUID id = Promoter.in(pool, "UTC").id();
        query(
                """
                INSERT INTO payout_terms (program_id, fee_flat_minor, fee_bps, cooling_hours, tax_form_required,
                    verified_papers, automatic_under_minor, four_eyes_from_minor, day_of_month, daily, requests, updated_at)
                VALUES ($1, 0, 100, 72, false, false, $2, 100000000, 1, true, true, now())
                """,
                id,
                automaticUnder);
        query("UPDATE program SET min_payout_minor = 1000 WHERE id = $1", id);
        return id;
    }

    /** One more in the program, trusted by the fraud room, with a destination and so much in commissions of 1,000. */
    UUID member(UUID program, long owed) {
        UUID id = UUID.randomUUID();
        String code = "R" + id.toString().substring(20).replace("-", "").toUpperCase();
        query(
                """
                WITH a AS (
                  INSERT INTO affiliate (id, name, email, email_key, status, created_at, updated_at)
                  VALUES ($1, 'Bo', $1::uuid || '@mail.example', $1::uuid || '@mail.example', 'active', now(), now())),
                c AS (INSERT INTO referral_code (code_key, created_at) VALUES ($3, now()))
                INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, created_at, updated_at)
                VALUES ($1, $2, $1, 'active', $3, $3, now(), now())
                """,
                id,
                program,
                code);
        score(id, 0);
        destination(id, "acct_" + id);
        earn(program, id, owed);
        return id;
    }

    void score(UUID affiliate, int score) {
        query(
                """
                INSERT INTO fraud_score (affiliate_id, score, reasons, scored_at) VALUES ($1, $2, '{}', now())
                ON CONFLICT (affiliate_id) DO UPDATE SET score = $2
                """,
                affiliate,
                score);
    }

    void destination(UUID affiliate, String destination) {
        UUID id = UUID.randomUUID();
        byte[] sealed = vault.seal(destination.getBytes(StandardCharsets.UTF_8), "payout_method.destination " + id);
        query("DELETE FROM payout_method WHERE affiliate_id = $1", affiliate);
        query(
                """
                INSERT INTO payout_method (id, affiliate_id, rail, currency, state, hint, details, destination,
                    destination_hash, key_id, chosen_by, created_at, confirmed_by, confirmed_at)
                VALUES ($1, $2, 'memory', 'EUR', 'active', 'x', $3, $3, $4, $5, 'somebody', now(), 'somebody', now())
                """,
                id,
                affiliate,
                Buffer.buffer(sealed),
                Buffer.buffer(new byte[16]),
                vault.keyId());
    }

    /** So much more, in approved commissions of at most 1,000 each. */
    void earn(UUID program, UUID member, long owed) {
        Purse purse = new Purse(program, member, "EUR");
        List<Entry> entries = new ArrayList<>();
        for (long left = owed; left > 0; left -= 1_000) {
            UUID commission = UUID.randomUUID();
            long amount = Math.min(left, 1_000);
            query(
                    """
                    INSERT INTO commission (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule,
                        amount_minor, currency, status, released, earned_at)
                    VALUES ($1, $2, $3, $3, 'test', $1, 'base_rate', $4, 'EUR', 'approved', true, now())
                    """,
                    commission,
                    program,
                    member,
                    amount);
            Source source = new Source("test_sale", commission);
            entries.add(Entry.earn(source, purse, amount, now(), ""));
            entries.add(Entry.release(source, purse, amount, now(), ""));
        }
        book(entries);
    }

    void book(List<Entry> entries) {
        if (!entries.isEmpty()) transact(tx -> ledger.post(tx, entries));
    }

    /** Starts a run by hand and carries it out. */
    Run run(UUID program) {
        Run run = transact(tx -> runs.start(tx, program, "somebody"));
        while (await(chunks.step(run.id(), Chunks.MOST)) == Chunks.Outcome.WENT_ON) {}
        return await(transactions.read(c -> runs.find(c, run.id()))).orElseThrow();
    }

    /** The only payout of a member, or the latest. */
    StoredPayout payout(UUID member) {
        UUID id =
                query("SELECT id FROM payout WHERE enrollment_id = $1 ORDER BY id DESC LIMIT 1", member).get(0).stream()
                        .map(each -> UUID.fromString(each.getValue().toString()))
                        .findFirst()
                        .orElseThrow();
        return await(transactions.read(c -> payouts.find(c, List.of(id)))).get(0);
    }

    String state(UUID member) {
        return payout(member).payout().state().word();
    }

    StoredPayout change(UUID member, java.util.function.BiFunction<StoredPayout, Instant, Step> how) {
        UUID id = payout(member).id();
        return transact(tx -> payouts.change(tx, id, "somebody", "a test", how));
    }

    /** P3. */
    List<Errand> claim() {
        return await(claims.take(rail(), 100)).errands();
    }

    /** P4 and P5. */
    void carryOut(List<Errand> errands) {
        for (Errand errand : errands) hear(answered(errand));
    }

    Heard answered(Errand errand) {
        if (errand instanceof Errand.Send send)
            return new Heard.Replied(
                    errand.payoutId(), send.attempt(), await(rail().send(send.instruction(), send.deadline())));
        Errand.LookUp look = (Errand.LookUp) errand;
        return new Heard.Looked(errand.payoutId(), await(rail().lookUp(look.instruction(), look.transferIds())));
    }

    void hear(Heard heard) {
        await(answers.write(List.of(heard)));
    }

    /** All that is due now, until nothing is. */
    void goOn() {
        for (List<Errand> errands = claim(); !errands.isEmpty(); errands = claim()) carryOut(errands);
    }

    private Rail rail() {
        return rail.get();
    }

    /** What every check of the books finds wrong. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        for (BookCheck check : checks)
            for (String breach : await(pool.withConnection(c -> check.breaches(c, 5))))
                wrong.add(check.name() + ": " + breach);
        return wrong;
    }

    /** pending, available, in transit. */
    String balance(UUID member) {
        JsonObject row = query(
                        "SELECT pending, available, in_transit FROM ledger_balance WHERE enrollment_id = $1", member)
                .get(0);
        return row.getLong("pending") + " " + row.getLong("available") + " " + row.getLong("in_transit");
    }

    /** Status and how many. */
    List<String> commissions(UUID member) {
        return query(
                        "SELECT status, count(*) AS n FROM commission WHERE enrollment_id = $1 GROUP BY 1 ORDER BY 1",
                        member)
                .stream()
                .map(row -> row.getString("status") + " " + row.getLong("n"))
                .toList();
    }

    /** The questions that are open about a member's latest payout. */
    List<String> tasks(UUID member) {
        return query(
                        "SELECT ask FROM payout_task WHERE payout_id = $1 AND closed_at IS NULL ORDER BY ask",
                        payout(member).id())
                .stream()
                .map(row -> row.getString("ask"))
                .toList();
    }

    <T> Uni<T> transaction(java.util.function.Function<io.vertx.mutiny.sqlclient.SqlConnection, Uni<T>> work) {
        return transactions.run(work);
    }

    <T> T transact(java.util.function.Function<io.vertx.mutiny.sqlclient.SqlConnection, Uni<T>> work) {
        return await(transactions.run(work));
    }

    static <T> T await(Uni<T> work) {
        return work.await().atMost(ANSWER);
    }

    List<JsonObject> query(String sql, @Nullable Object... arguments) {
        List<JsonObject> rows = new ArrayList<>();
        for (Row row : await(pool.preparedQuery(sql).execute(Tuple.tuple(Arrays.asList(arguments)))))
            rows.add(row.toJson());
        return rows;
    }

    /** What a provider answers that carried it out at once. */
    static Reply done(String id, long minor, Instant at) {
        return new Reply.Answered(200, new Reply.Body.Row(Transfer.done(id, minor, "EUR", at)));
    }

    static Finding found(String id, long minor, Instant at) {
        return new Finding.Found(List.of(Transfer.done(id, minor, "EUR", at)));
    }
}
