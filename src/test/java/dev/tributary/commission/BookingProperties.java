package dev.tributary.commission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.commission.rule.Terms;
import dev.tributary.conversion.Credit;
import dev.tributary.conversion.DueConversion;
import dev.tributary.conversion.Kind;
import dev.tributary.ledger.Account;
import dev.tributary.ledger.Entry;
import dev.tributary.ledger.Side;
import dev.tributary.money.Money;
import dev.tributary.money.Shares;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random courses of one conversion's life against what its commissions must then be, 2,000 of them;
 * {@code -Dtributary.pure.courses=10000} for more.
 */
class BookingProperties {
    private static final int COURSES = Integer.getInteger("tributary.pure.courses", 2_000);
    private static final UUID PROGRAM = new UUID(0x7000, 1);
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void whatever_happens_the_books_hold_what_stands() {
        long seed = Long.getLong("seed", 20261121L);
        IntStream.range(0, COURSES).parallel().forEach(n -> {
            Course course = new Course(new Random(seed + n));
            try {
                course.run();
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + (seed + n) + ": " + course.told, failed);
            }
        });
    }

    /** One conversion, its commissions and the books they are in. */
    private static final class Course {
        private final Random random;
        private final long amount;
        private final List<RuleVersion> rules;
        private final Map<UUID, Commission> rows = new HashMap<>();
        private final Map<Account, Long> books = new HashMap<>();
        private final Set<String> sources = new HashSet<>();
        private final List<String> told = new ArrayList<>();
        private long refunded;
        private int decision = 1;
        private List<Credit> credits;
        private dev.tributary.conversion.Status status = dev.tributary.conversion.Status.ACCEPTED;
        private long nextId;

        Course(Random random) {
            this.random = random;
            amount = random.nextInt(5) == 0 ? random.nextLong(1_000_000_000_000L) : random.nextLong(200);
            rules = new Case()
                    .base(random.nextInt(10_001))
                    .rule("upline", Scope.PROGRAM, null, Terms.levels(List.of(random.nextInt(10_001), 500)))
                    .rule("volume_bonus", Scope.PROGRAM, null, Case.brackets(null, new Terms.Bracket(0, 1_000)))
                    .rules;
            credits = credits();
        }

        void run() {
            for (int step = 0; step < 12; step++) {
                happen();
                if (random.nextBoolean()) compute();
            }
            compute();
            List<Commission> before = List.copyOf(rows.values());
            compute();
            assertThat(rows.values()).as("computed again").containsExactlyInAnyOrderElementsOf(before);
        }

        private void happen() {
            switch (random.nextInt(8)) {
                case 0, 1 -> refund(random.nextLong(amount - refunded + 1));
                case 2 -> refund(-random.nextLong(refunded + 1));
                case 3 -> refund(amount - refunded);
                case 4 -> decide();
                case 5 -> one().filter(c -> c.status().mayApprove()).ifPresent(c -> apply(Move.approve(c, NOW)));
                case 6 -> pay();
                default -> staff();
            }
        }

        private void refund(long more) {
            told.add("refund " + more);
            refunded += more;
        }

        /** Also where commissions are paid, which intake prevents: the difference must be right all the same. */
        private void decide() {
            told.add("decide");
            decision++;
            credits = credits();
            status = random.nextInt(4) == 0
                    ? dev.tributary.conversion.Status.REJECTED
                    : dev.tributary.conversion.Status.ACCEPTED;
        }

        private void pay() {
            one().filter(c -> c.status() == Status.APPROVED && c.amountMinor() > 0)
                    .ifPresent(c -> {
                        told.add("pay " + c.rule());
                        Commission paid = new Commission(
                                c.id(),
                                c.programId(),
                                c.member(),
                                c.source(),
                                c.rule(),
                                c.level(),
                                c.decision(),
                                c.conversionId(),
                                c.amountMinor(),
                                c.reversedMinor(),
                                c.currency(),
                                Status.PAID,
                                true,
                                NOW,
                                c.earnedAt(),
                                c.releaseAt(),
                                c.entries());
                        rows.put(c.id(), paid);
                    });
        }

        private void staff() {
            one().ifPresent(c -> {
                if (random.nextBoolean() && c.status().mayHold()) apply(Move.hold(c, NOW, "looked at"));
                else if (random.nextInt(3) == 0 && c.status().mayReject()) apply(Move.reject(c, NOW, "no"));
            });
        }

        private Optional<Commission> one() {
            List<Commission> all = List.copyOf(rows.values());
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
        }

        private List<Credit> credits() {
            int parties = 1 + random.nextInt(3);
            int first = parties == 1 ? 10_000 : random.nextInt(10_001);
            int second = parties == 3 ? random.nextInt(10_001 - first) : 10_000 - first;
            int[] weights = {first, second, 10_000 - first - second};
            return IntStream.range(0, parties)
                    .mapToObj(i -> new Credit(
                            Case.member(i).enrollmentId(), Case.member(i).affiliateId(), null, "", weights[i]))
                    .toList();
        }

        private void compute() {
            told.add("compute " + decision);
            List<Commission> booked = List.copyOf(rows.values());
            new Booking(due(), NOW, () -> new UUID(0x7000, ++nextId), NOW)
                    .difference(booked, Booking.isNew(due(), booked) ? computed() : List.of())
                    .forEach(made -> {
                        Commission before = rows.get(made.move().after().id());
                        if (before != null && before.status() == Status.HELD)
                            assertThat(made.move().after().status())
                                    .as("only a person lets it go")
                                    .isEqualTo(Status.HELD);
                        apply(made.move());
                    });
            check();
        }

        private List<Earned> computed() {
            Case counted = new Case();
            counted.rules.addAll(rules);
            for (Credit credit : credits)
                counted.parties.add(new Party(
                        new Party.Member(credit.enrollmentId(), credit.affiliateId()),
                        credit.weightBps(),
                        null,
                        rules,
                        List.of(Optional.of(Case.member(10)), Optional.of(Case.member(11)))));
            return counted.sell(amount);
        }

        private DueConversion due() {
            return new DueConversion(
                    new UUID(0x7000, 9),
                    PROGRAM,
                    Kind.SALE,
                    "order-1",
                    null,
                    new Money(amount, "USD"),
                    refunded,
                    status,
                    List.of(),
                    NOW,
                    decision,
                    credits);
        }

        private void apply(Move move) {
            told.add(move.after().rule() + " " + move.after().status() + " "
                    + move.after().amountMinor());
            rows.put(move.after().id(), move.after());
            for (Entry entry : move.entries()) {
                assertThat(sources.add(entry.kind() + "/" + entry.sourceId() + "/" + entry.number()))
                        .as("one entry a source, kind and number")
                        .isTrue();
                entry.postings()
                        .forEach(posting -> books.merge(
                                posting.account(),
                                posting.side() == Side.CREDIT ? posting.amountMinor() : -posting.amountMinor(),
                                Math::addExact));
            }
        }

        private void check() {
            long stands = 0;
            Map<Account, Long> should = new HashMap<>();
            for (Commission row : rows.values()) {
                stands = Math.addExact(stands, row.amountMinor());
                should.merge(
                        row.released() ? row.purse().available() : row.purse().pending(), row.amountMinor(), Long::sum);
                boolean current = row.decision() == decision && status == dev.tributary.conversion.Status.ACCEPTED;
                long expected = !current || row.status() == Status.REJECTED
                        ? 0
                        : amount == 0
                                ? row.grossMinor()
                                : Shares.proportion(row.grossMinor(), amount - refunded, amount);
                assertThat(row.amountMinor()).as(row.toString()).isEqualTo(expected);
                assertThat(row.status() == Status.REVERSED)
                        .isEqualTo(row.status() != Status.REJECTED
                                && row.status() != Status.HELD
                                && expected == 0
                                && row.grossMinor() > 0);
            }
            Map<Account, Long> held = new HashMap<>(books);
            held.keySet().removeIf(account -> account.kind() == Account.Kind.EXPENSE);
            held.values().removeIf(amount -> amount == 0);
            should.values().removeIf(amount -> amount == 0);
            assertThat(held).isEqualTo(should);
            assertThat(books.values().stream().mapToLong(Long::longValue).sum())
                    .as("the whole book nets to nothing")
                    .isZero();
        }
    }
}
