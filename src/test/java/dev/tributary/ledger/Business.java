package dev.tributary.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A random course of business with a few purses: sales, releases, refunds before and after payout, payouts with every end,
 * corrections; and what goes wrong, namely replays and attempts to take more than there is. It decides by a book, so that
 * most of it is possible. The same seed gives the same course.
 */
final class Business {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final UUID RAIL = new UUID(0x0000_0000_0000_7000L, 0x8000_0000_0000_000aL);

    private final Random random;
    private final Book book;
    private final List<Purse> purses;
    private final List<Sale> sales = new ArrayList<>();
    private final List<Payout> payouts = new ArrayList<>();
    private long seconds;

    private static final class Sale {
        final UUID id;
        final Purse purse;
        long pending;
        long available;
        int refunds;
        int releases;

        Sale(UUID id, Purse purse, long amount) {
            this.id = id;
            this.purse = purse;
            pending = amount;
        }
    }

    private static final class Payout {
        final UUID id;
        final Purse purse;
        final long amount;
        EntryKind last = EntryKind.RESERVE;

        Payout(UUID id, Purse purse, long amount) {
            this.id = id;
            this.purse = purse;
            this.amount = amount;
        }
    }

    Business(Random random, Book book, List<Purse> purses) {
        this.random = random;
        this.book = book;
        this.purses = purses;
    }

    /** The next batch: the entries of one step, now and then with replays of earlier ones among them. */
    List<Entry> next() {
        seconds += random.nextInt(200_000);
        List<Entry> batch = new ArrayList<>(step());
        List<Entry> before = book.entries();
        while (!before.isEmpty() && random.nextInt(4) == 0)
            batch.add(random.nextInt(batch.size() + 1), before.get(random.nextInt(before.size())));
        return batch;
    }

    private List<Entry> step() {
        switch (random.nextInt(8)) {
            case 0, 1, 2:
                return sell();
            case 3:
                return release();
            case 4:
                return refund();
            case 5:
                return reserve();
            case 6:
                return endPayout();
            default:
                return adjust();
        }
    }

    private List<Entry> sell() {
        List<Entry> batch = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            long amount = random.nextInt(20) == 0 ? 1_000_000_000_000L : 1 + random.nextInt(10_000);
            Sale sale = new Sale(id(), purse(), amount);
            sales.add(sale);
            batch.add(Entry.earn(new Source("test_sale", sale.id), sale.purse, amount, now(), "Sale"));
        }
        return batch;
    }

    private List<Entry> release() {
        if (sales.isEmpty()) return sell();
        Sale sale = sales.get(random.nextInt(sales.size()));
        if (sale.pending == 0) return sell();
        long amount = sale.pending;
        sale.pending = 0;
        sale.available += amount;
        return List.of(Entry.release(new Source("test_sale", sale.id, sale.releases++), sale.purse, amount, now(), ""));
    }

    /** Any part of what a sale still stands for, wherever it lies by now: paid out, it becomes a debt. */
    private List<Entry> refund() {
        if (sales.isEmpty()) return sell();
        Sale sale = sales.get(random.nextInt(sales.size()));
        long fromPending = part(sale.pending);
        long fromAvailable = part(sale.available);
        if (fromPending + fromAvailable == 0) return sell();
        sale.pending -= fromPending;
        sale.available -= fromAvailable;
        Source source = new Source("test_sale", sale.id, sale.refunds++);
        return List.of(Entry.reverse(source, sale.purse, fromPending, fromAvailable, now(), "Refund"));
    }

    /** One in five wants more than there is. */
    private List<Entry> reserve() {
        Purse purse = purse();
        long available = book.balance(purse.available());
        boolean greedy = random.nextInt(5) == 0;
        long amount = greedy ? Math.max(available, 0) + 1 + random.nextInt(100) : part(available);
        if (amount <= 0) return sell();
        Payout payout = new Payout(id(), purse, amount);
        if (!greedy) payouts.add(payout);
        return List.of(Entry.reserve(new Source("payout", payout.id), purse, amount, now(), ""));
    }

    private List<Entry> endPayout() {
        if (payouts.isEmpty()) return reserve();
        Payout payout = payouts.get(random.nextInt(payouts.size()));
        Source source = new Source("payout", payout.id);
        if (payout.last == EntryKind.PAID) {
            payouts.remove(payout);
            return List.of(Entry.returned(source, payout.purse, RAIL, payout.amount, now(), ""));
        }
        if (random.nextInt(3) == 0) {
            payouts.remove(payout);
            return List.of(Entry.failed(source, payout.purse, payout.amount, now(), ""));
        }
        payout.last = EntryKind.PAID;
        return List.of(Entry.paid(source, payout.purse, RAIL, payout.amount, now(), ""));
    }

    private List<Entry> adjust() {
        long amount = random.nextInt(2_001) - 1_000;
        return List.of(Entry.adjust(new Source("adjustment", id()), purse(), amount == 0 ? 1 : amount, now(), "Gift"));
    }

    private long part(long whole) {
        if (whole <= 0) return 0;
        return random.nextInt(3) == 0 ? whole : Math.floorMod(random.nextLong(), whole + 1);
    }

    private Purse purse() {
        return purses.get(random.nextInt(purses.size()));
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private Instant now() {
        return START.plusSeconds(seconds);
    }
}
