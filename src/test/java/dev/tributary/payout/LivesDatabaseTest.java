package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.MovedClock;
import dev.tributary.embedded.Stores;
import dev.tributary.payout.PayoutState.Ended;
import dev.tributary.payout.PayoutState.Waiting;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Traits;
import dev.tributary.payout.rail.Transfer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Random lives of payouts on PostgreSQL, many at once on four sorts of rails: instances that die between any two steps, people
 * who take hours, a {@link FickleProvider} that does all that providers may do. 100 of them, 25 on each sort;
 * {@code -Dlives=10000} for more.
 */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(MovedClock.Profile.class)
class LivesDatabaseTest {
    private static final int AT_ONCE = 25;
    private static final int WILD = 40;
    private static final int ROUNDS = 600;
    private static final List<Traits> RAILS = List.of(
            traits(FickleProvider.KEPT, true, true),
            traits(FickleProvider.KEPT, false, true),
            traits(FickleProvider.KEPT, false, false),
            traits(Duration.ZERO, false, false));

    @Inject
    Paymaster paymaster;

    @Inject
    MemoryRail rail;

    @Inject
    ProviderNotices notices;

    private Random random = new Random();
    private FickleProvider provider = new FickleProvider(random, true, Instant.EPOCH);
    private List<UUID> members = List.of();
    private List<UUID> ids = List.of();
    private Instant personAt = Instant.EPOCH;
    private int events;

    private static Traits traits(Duration window, boolean looksUp, boolean follows) {
        return new Traits(window, looksUp, follows, Duration.ofMinutes(5), MemoryRail.CODES);
    }

    @Test
    void nobody_is_paid_twice_and_nobody_is_forgotten() {
        int lives = Integer.getInteger("lives", 100);
        long seed = Long.getLong("seed", 20261121L);
        for (int n = 0; n * AT_ONCE < lives; n++) {
            try {
                live(new Random(seed + n), RAILS.get(n % RAILS.size()));
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + (seed + n), failed);
            }
        }
    }

    private void live(Random luck, Traits traits) {
        random = luck;
        paymaster.begins();
        rail.traits = traits;
        provider = new FickleProvider(random, traits.isKeyed(), paymaster.now());
        rail.replies = sent -> provider.send(sent, paymaster.now());
        rail.findings = sent -> provider.lookUp(sent.payoutId());
        personAt = paymaster.now();
        born();
        for (int round = 0; round < ROUNDS && !isOver(); round++) {
            if (round == WILD) provider.calm();
            provider.reach(paymaster.now());
            act();
            tell();
            decide();
            check();
            advance(round < WILD);
        }
        reconcile();
        reconcile();
        end();
    }

    private void born() {
        UUID program = paymaster.program(2_500);
        members = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            UUID member = paymaster.member(program, 1_000 + random.nextInt(2_000));
            if (random.nextInt(6) == 0) paymaster.destination(member, "closed");
            members.add(member);
        }
        paymaster.run(program);
        ids = members.stream().map(each -> paymaster.payout(each).id()).toList();
    }

    /** An instance that takes what is due, and dies now and then between the steps of one. */
    private void act() {
        for (Errand errand : paymaster.claim()) {
            if (random.nextInt(10) == 0) continue;
            Heard heard = paymaster.answered(errand);
            if (random.nextInt(10) == 0) continue;
            paymaster.hear(heard);
            if (random.nextInt(10) == 0) paymaster.hear(heard);
        }
    }

    private void tell() {
        for (FickleProvider.Told each : provider.arrived(paymaster.now())) {
            String event = "evt_%d_%s".formatted(++events, each.payoutId());
            tell(event, each.payoutId(), each.transfer());
            if (random.nextInt(4) == 0) tell(event, each.payoutId(), each.transfer());
        }
    }

    private void tell(String event, UUID payout, Transfer transfer) {
        paymaster.transact(tx -> notices.take(tx, MemoryRail.NAME, new Notice(event, Optional.of(payout), transfer)));
    }

    private void decide() {
        if (personAt.isAfter(paymaster.now())) return;
        personAt = paymaster.now().plus(Duration.ofMinutes(random.nextInt(300)));
        paymaster
                .query(
                        "SELECT DISTINCT p.enrollment_id FROM payout_task t JOIN payout p ON p.id = t.payout_id"
                                + " WHERE p.id = ANY ($1) AND p.ended_at IS NULL AND t.closed_at IS NULL",
                        (Object) ids.toArray(UUID[]::new))
                .forEach(row -> decide(UUID.fromString(row.getString("enrollment_id"))));
    }

    private void decide(UUID member) {
        StoredPayout stored = paymaster.payout(member);
        Payout payout = stored.payout();
        List<Transfer> truth = provider.of(stored.id());
        if (payout.state() instanceof Waiting) {
            int choice = random.nextInt(10);
            if (choice == 0 && payout.transfers().isEmpty())
                paymaster.change(member, (now, at) -> now.payout().cancel("not wanted"));
            else if (choice == 1 && !payout.isHeld())
                paymaster.change(member, (now, at) -> now.payout().hold("looking"));
            else
                paymaster.change(
                        member,
                        (now, at) -> now.payout().isHeld()
                                ? now.payout().letGo()
                                : now.payout().approve());
        } else if (truth.stream().anyMatch(each -> each.status() == Transfer.Status.DONE)) settle(member, truth.get(0));
        else if (!truth.isEmpty()) tell("person_" + ++events, stored.id(), truth.get(0));
        else giveUpOrAgain(member);
    }

    private void settle(UUID member, Transfer known) {
        if (paymaster.payout(member).payout().state() instanceof Ended) return;
        paymaster.change(member, (payout, now) -> payout.payout().settle(known.id(), rail.traits(), now));
    }

    private void giveUpOrAgain(UUID member) {
        Payout payout = paymaster.payout(member).payout();
        if (!payout.mayDecide(rail.traits(), paymaster.now())) return;
        boolean again = random.nextBoolean();
        paymaster.change(
                member,
                (each, now) -> again
                        ? each.payout().sendAgain(rail.traits(), now)
                        : each.payout().fail("gone", rail.traits(), now));
    }

    private void check() {
        for (UUID id : ids) {
            long standing = provider.of(id).stream()
                    .filter(each -> each.status() != Transfer.Status.FAILED)
                    .count();
            assertThat(standing).as("transfers of payout " + id).isLessThanOrEqualTo(1);
        }
    }

    private boolean isOver() {
        return provider.next().equals(Instant.MAX)
                && paymaster
                        .query("SELECT 1 FROM payout WHERE id = ANY ($1) AND ended_at IS NULL", (Object)
                                ids.toArray(UUID[]::new))
                        .isEmpty();
    }

    /** To the next moment at which something is due, sometimes a little late. */
    private void advance(boolean wild) {
        Instant next = provider.next();
        Map<String, Object> row = new HashMap<>();
        paymaster
                .query(
                        "SELECT min(next_at) AS due, bool_or(next_kind = 'ask_person') AS asks FROM payout WHERE"
                                + " enrollment_id = ANY ($1) AND ended_at IS NULL",
                        (Object) members.toArray(UUID[]::new))
                .forEach(found -> row.putAll(found.getMap()));
        if (row.get("due") != null) {
            Instant due = OffsetDateTime.parse(row.get("due").toString()).toInstant();
            if (due.isBefore(next)) next = due;
        }
        if (Boolean.TRUE.equals(row.get("asks")) && personAt.isBefore(next)) next = personAt;
        Instant now = paymaster.now();
        if (next.equals(Instant.MAX)) return;
        Duration late = Duration.ofSeconds(wild && random.nextInt(4) == 0 ? random.nextInt(3_600) : 1);
        Duration step = next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
        paymaster.passes(step.plus(late));
    }

    /** P9: what no event told of is found in the provider's list; the second time nothing is left to find. */
    private void reconcile() {
        for (UUID member : members)
            for (Transfer each : provider.of(paymaster.payout(member).id()))
                paymaster.change(member, (payout, now) -> payout.payout().told(each, rail.traits(), now));
    }

    private void end() {
        for (UUID member : members) {
            StoredPayout stored = paymaster.payout(member);
            assertThat(stored.payout().state()).as("payout " + stored.id()).isInstanceOf(Ended.class);
            assertThat(stored.payout().booked().outMinor())
                    .as("booked as out of " + stored.id())
                    .isEqualTo(new Transfers(provider.of(stored.id())).outMinor());
            assertThat(stored.payout().booked().overpaid()).isZero();
        }
        assertThat(paymaster.wrong()).isEmpty();
    }
}
