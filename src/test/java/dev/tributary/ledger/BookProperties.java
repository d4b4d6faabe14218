package dev.tributary.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What is true of the books after any course of business: 2,000 of them, each by a seed that a failure names;
 * {@code -Dtributary.pure.courses=10000} for more.
 */
class BookProperties {
    private static final int SEQUENCES = Integer.getInteger("tributary.pure.courses", 2_000);
    private static final int STEPS = 30;

    @Test
    void any_course_of_business_leaves_the_books_in_order() {
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger debts = new AtomicInteger();
        IntStream.range(0, SEQUENCES).parallel().forEach(seed -> {
            try {
                Course course = new Course(seed);
                course.run();
                refused.addAndGet(course.refused);
                debts.addAndGet(course.debts());
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("with the seed " + seed, e);
            }
        });
        // otherwise the courses would prove nothing about either
        assertThat(refused.get()).isGreaterThan(SEQUENCES / 10);
        assertThat(debts.get()).isGreaterThan(SEQUENCES / 10);
    }

    private static final class Course {
        private final Random random;
        private final Book book = new Book();
        private final Business business;
        private final List<Purse> purses;
        private int refused;

        Course(int seed) {
            random = new Random(seed);
            UUID program = new UUID(random.nextLong(), random.nextLong());
            UUID one = new UUID(random.nextLong(), random.nextLong());
            UUID two = new UUID(random.nextLong(), random.nextLong());
            purses = List.of(
                    new Purse(program, one, "EUR"), new Purse(program, one, "JPY"), new Purse(program, two, "EUR"));
            business = new Business(random, book, purses);
        }

        void run() {
            for (int i = 0; i < STEPS; i++) step(business.next());
            assertThat(book.recomputed(book.entries().size())).isEqualTo(book.balances());
            everything_earned_is_somewhere();
            a_replay_of_everything_in_any_order_changes_nothing();
            any_cut_in_time_adds_up();
        }

        private void step(List<Entry> batch) {
            Map<Account, Long> before = book.balances();
            int entries = book.entries().size();
            try {
                assertThat(book.post(batch)).isEqualTo(book.entries().size() - entries);
            } catch (Overdrawn e) {
                refused++;
                assertThat(book.balances()).isEqualTo(before);
                assertThat(book.entries()).hasSize(entries);
            }
            assertThat(book.net().values()).allMatch(net -> net == 0);
            for (Purse purse : purses) {
                assertThat(book.balance(purse.pending())).isNotNegative();
                assertThat(book.balance(purse.inTransit())).isNotNegative();
                assertThat(book.balance(purse.available())).isGreaterThanOrEqualTo(-takenBack(purse));
            }
        }

        /** Only what is taken back makes a debt, so no debt is larger than that. */
        private long takenBack(Purse purse) {
            return debits(purse.available(), EntryKind.REVERSE) + debits(purse.available(), EntryKind.ADJUST);
        }

        private long debits(Account account, EntryKind kind) {
            return book.entries().stream()
                    .filter(entry -> entry.kind() == kind)
                    .flatMap(entry -> entry.postings().stream())
                    .filter(posting ->
                            posting.side() == Side.DEBIT && posting.account().equals(account))
                    .mapToLong(Posting::amountMinor)
                    .sum();
        }

        private void everything_earned_is_somewhere() {
            for (String currency : List.of("EUR", "JPY")) {
                long owed = 0;
                for (Purse purse : purses)
                    if (purse.currency().equals(currency))
                        owed += book.balance(purse.pending())
                                + book.balance(purse.available())
                                + book.balance(purse.inTransit());
                long spent = sum(Account.Kind.EXPENSE, currency);
                long left = sum(Account.Kind.CLEARING, currency);
                assertThat(owed + left).isEqualTo(-spent);
            }
        }

        private long sum(Account.Kind kind, String currency) {
            return book.balances().entrySet().stream()
                    .filter(each -> each.getKey().kind() == kind
                            && each.getKey().currency().equals(currency))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        private void a_replay_of_everything_in_any_order_changes_nothing() {
            Map<Account, Long> before = book.balances();
            List<Entry> again = new ArrayList<>(book.entries());
            Collections.shuffle(again, random);
            assertThat(book.post(again)).isZero();
            assertThat(book.balances()).isEqualTo(before);
        }

        /** As a statement does it: what there was before, and what came since, is what there is. */
        private void any_cut_in_time_adds_up() {
            List<Entry> all = book.entries();
            if (all.isEmpty()) return;
            int cut = random.nextInt(all.size());
            Map<Account, Long> sums = new HashMap<>(book.recomputed(cut));
            for (Entry entry : all.subList(cut, all.size()))
                for (Posting each : entry.postings())
                    sums.merge(
                            each.account(),
                            each.side() == Side.CREDIT ? each.amountMinor() : -each.amountMinor(),
                            Math::addExact);
            assertThat(sums).isEqualTo(book.balances());
        }

        int debts() {
            return (int) purses.stream()
                    .filter(purse -> book.balance(purse.available()) < 0)
                    .count();
        }
    }
}
