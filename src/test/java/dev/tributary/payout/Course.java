package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.money.Money;
import dev.tributary.payout.PayoutState.Ended;
import dev.tributary.payout.PayoutState.Sent;
import dev.tributary.payout.PayoutState.Waiting;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.Meaning;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.Traits;
import dev.tributary.payout.rail.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * The life of one payout on a test clock: an executor that is killed between any two of its steps and comes late, a person who
 * takes hours, a {@link FickleProvider}, and the books.
 */
final class Course {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final int STEPS = 400;
    /** Then nothing goes wrong any more, and everything must end. */
    private static final int WILD = 60;

    private final List<Line> lines = new ArrayList<>();
    private final Set<String> reached;
    private final Random random;
    private final Traits traits;
    private final FickleProvider provider;
    private final Meaning meaning;
    private final Plan plan;
    private final PayoutBook book;
    private final Instruction instruction;
    private Payout payout;
    private Instant now = START;
    private Instant personAt = START;

    /** @param reached where lives came, in words */
    Course(Random random, Traits traits, boolean keyed, Set<String> reached) {
        this.reached = reached;
        this.random = random;
        this.traits = traits;
        provider = new FickleProvider(random, keyed, START);
        meaning = new Meaning(traits);
        plan = new Plan(traits);
        Amounts amounts = new Amounts(100 + random.nextInt(1_000), random.nextInt(20), random.nextInt(25), "USD");
        payout = Payout.requested(new UUID(random.nextLong(), random.nextLong()), amounts);
        book = new PayoutBook(payout.id(), amounts.gross(), now);
        String destination = random.nextInt(6) == 0 ? "closed" : "acct_1";
        instruction = new Instruction(payout.id(), new Money(amounts.net(), "USD"), destination, "key", "body");
    }

    void run() {
        for (int step = 0; step < STEPS && !isOver(); step++) {
            if (step == WILD) provider.calm();
            provider.reach(now);
            act();
            tellings();
            check();
            advance(step < WILD);
        }
        assertThat(payout.state()).as("at the end").isInstanceOf(Ended.class);
        for (int twice = 0; twice < 2; twice++) reconcile();
        assertThat(payout.booked().outMinor())
                .as("booked as out")
                .isEqualTo(new Transfers(provider.of(payout.id())).outMinor());
        assertThat(payout.booked().overpaid()).isZero();
        book.checkOver(payout);
    }

    /** P9: what no event told of is found in the provider's list; the second time nothing is left to find. */
    private void reconcile() {
        for (Transfer each : provider.of(payout.id())) to("reconcile", payout.told(each, traits, now));
    }

    private boolean isOver() {
        return payout.state() instanceof Ended && provider.next().equals(Instant.MAX);
    }

    private void act() {
        Next next = plan.next(payout, now);
        if (next instanceof Next.Send send && !send.at().isAfter(now)) send();
        else if (next instanceof Next.LookUp look && !look.at().isAfter(now))
            to("look-up", payout.found(provider.lookUp(payout.id()), traits, now));
        else if (next instanceof Next.GiveUpWaiting wait && !wait.at().isAfter(now)) to("lost", payout.lost(now));
        else if (next instanceof Next.AskPerson asked && !personAt.isAfter(now)) {
            decide(asked.ask());
            personAt = now.plus(Duration.ofMinutes(random.nextInt(300)));
        }
    }

    /** P3 to P5, with a kill after each. */
    private void send() {
        to("claim", payout.state() instanceof Sent ? payout.submitAgain(now) : payout.submit(now));
        if (!(payout.state() instanceof Sent sent) || random.nextInt(10) == 0) return;
        Reply reply = provider.send(instruction, now);
        if (random.nextInt(10) == 0) return;
        now = now.plusSeconds(random.nextInt(20));
        to(reply, payout.answered(sent.attempts().count(), meaning.of(reply), traits, now));
    }

    private void tellings() {
        provider.reach(now);
        for (FickleProvider.Told each : provider.arrived(now)) to(each, payout.told(each.transfer(), traits, now));
    }

    private void decide(Ask ask) {
        if (payout.state() instanceof Waiting) {
            int choice = random.nextInt(10);
            if (choice == 0 && payout.transfers().isEmpty()) to("cancel", payout.cancel("not wanted"));
            else if (choice == 1 && !payout.isHeld()) to("hold", payout.hold("looking"));
            else to("go on", payout.isHeld() ? payout.letGo() : payout.approve());
            return;
        }
        List<Transfer> truth = provider.of(payout.id());
        boolean left = truth.stream().anyMatch(each -> each.status() == Transfer.Status.DONE);
        if (left) to("settle, asked " + ask, payout.settle(truth.get(0).id(), traits, now));
        else if (!truth.isEmpty()) to("pass on", payout.told(truth.get(0), traits, now));
        else if (payout.mayDecide(traits, now))
            to(
                    "decide, asked " + ask,
                    random.nextBoolean() ? payout.fail("gone", traits, now) : payout.sendAgain(traits, now));
    }

    private void to(Object why, Step step) {
        lines.add(new Line(now, why, step));
        book.book(step, now);
        payout = step.payout();
    }

    private void check() {
        List<Transfer> alive = provider.of(payout.id()).stream()
                .filter(each -> each.status() != Transfer.Status.FAILED)
                .toList();
        if (alive.size() > 1) throw new PaidTwice(told());
        Next next = plan.next(payout, now);
        reached.add(payout.state().word());
        reached.add(
                next instanceof Next.AskPerson asked
                        ? asked.ask().name()
                        : next.getClass().getSimpleName());
        if (next instanceof Next.Nothing != payout.state() instanceof Ended) throw new AssertionError("next " + next);
        boolean forgotten = !(next instanceof Next.Nothing)
                && !(next instanceof Next.AskPerson)
                && due(next).isAfter(now.plus(Attempts.LONGEST_PAUSE));
        if (forgotten) throw new AssertionError("forgotten until " + next);
        book.check(payout);
    }

    /** To whatever comes next; at times the executor is away for a while, or for a day and more. */
    private void advance(boolean wild) {
        Next next = plan.next(payout, now);
        Instant at = provider.next();
        Instant due = due(next);
        if (due.isBefore(at)) at = due;
        if (at.equals(Instant.MAX)) return;
        if (at.isAfter(now)) now = at;
        if (wild && random.nextInt(12) == 0) now = now.plus(Duration.ofMinutes(random.nextInt(60)));
        if (wild && random.nextInt(60) == 0) now = now.plus(Duration.ofHours(random.nextInt(40)));
    }

    private Instant due(Next next) {
        if (next instanceof Next.Send send) return send.at();
        if (next instanceof Next.LookUp look) return look.at();
        if (next instanceof Next.GiveUpWaiting wait) return wait.at();
        return next instanceof Next.AskPerson ? personAt : Instant.MAX;
    }

    /** What happened so far, for people. */
    String told() {
        StringBuilder text = new StringBuilder();
        for (Line line : lines)
            text.append("%s %s -> %s %s%n"
                    .formatted(
                            line.at(),
                            line.why(),
                            line.step().payout().state(),
                            line.step().effects()));
        return text.toString();
    }

    private record Line(Instant at, Object why, Step step) {}

    /** What must never happen. */
    static final class PaidTwice extends AssertionError {
        PaidTwice(String told) {
            super(told);
        }
    }
}
