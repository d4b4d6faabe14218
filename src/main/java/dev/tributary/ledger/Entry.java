package dev.tributary.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One journal entry: postings in one currency whose debits equal their credits. It cannot be constructed wrong, and once
 * booked it never changes: a correction is another entry.
 *
 * @param sourceKind see {@link Source}, as for the two after it
 * @param enrollmentId whose money it is; null where it touches no enrollment's account
 * @param occurredAt when what it books happened; statements go by when it is booked
 * @param memo for people, at most 200 characters, without personal data
 * @param postings 2 to 20: an entry books one event, and no event here has more parts
 */
public record Entry(
        EntryKind kind,
        String sourceKind,
        UUID sourceId,
        int number,
        UUID programId,
        @Nullable UUID enrollmentId,
        Instant occurredAt,
        String memo,
        List<Posting> postings) {
    static final int MAX_POSTINGS = 20;
    static final int MAX_MEMO = 200;

    public Entry {
        new Source(sourceKind, sourceId, number);
        postings = List.copyOf(postings);
        if (memo.length() > MAX_MEMO) throw new IllegalArgumentException("A memo has at most 200 characters");
        if (postings.size() < 2 || postings.size() > MAX_POSTINGS)
            throw new IllegalArgumentException("An entry has 2 to 20 postings, not " + postings.size());
        long off = 0;
        for (Posting each : postings) {
            if (!each.account().currency().equals(postings.get(0).account().currency()))
                throw new IllegalArgumentException("An entry has one currency");
            UUID owner = each.account().owner();
            switch (each.account().kind().owner()) {
                case ENROLLMENT -> require(owner.equals(enrollmentId), "An entry moves one enrollment's money");
                case PROGRAM -> require(owner.equals(programId), "An entry belongs to one program");
                case RAIL -> {}
            }
            off = Math.addExact(off, each.side() == Side.DEBIT ? each.amountMinor() : -each.amountMinor());
        }
        if (off != 0) throw new IllegalArgumentException("Debits and credits differ by " + off);
    }

    private static void require(boolean held, String rule) {
        if (!held) throw new IllegalArgumentException(rule);
    }

    public String currency() {
        return postings.get(0).account().currency();
    }

    public static Entry earn(Source source, Purse purse, long amountMinor, Instant occurredAt, String memo) {
        return move(EntryKind.EARN, source, purse, purse.expense(), purse.pending(), amountMinor, occurredAt, memo);
    }

    /** Takes back from what is pending and from what is available, which may become a debt; either part may be 0. */
    public static Entry reverse(
            Source source, Purse purse, long fromPending, long fromAvailable, Instant occurredAt, String memo) {
        List<Posting> postings = new ArrayList<>();
        if (fromPending != 0) postings.add(Posting.debit(purse.pending(), fromPending));
        if (fromAvailable != 0) postings.add(Posting.debit(purse.available(), fromAvailable));
        postings.add(Posting.credit(purse.expense(), Math.addExact(fromPending, fromAvailable)));
        return of(EntryKind.REVERSE, source, purse, occurredAt, memo, postings);
    }

    public static Entry release(Source source, Purse purse, long amountMinor, Instant occurredAt, String memo) {
        return move(
                EntryKind.RELEASE, source, purse, purse.pending(), purse.available(), amountMinor, occurredAt, memo);
    }

    /** Fails with {@link Overdrawn} when posted beyond what is available. */
    public static Entry reserve(Source source, Purse purse, long amountMinor, Instant occurredAt, String memo) {
        return move(
                EntryKind.RESERVE, source, purse, purse.available(), purse.inTransit(), amountMinor, occurredAt, memo);
    }

    public static Entry paid(Source source, Purse purse, UUID rail, long amountMinor, Instant occurredAt, String memo) {
        return move(
                EntryKind.PAID, source, purse, purse.inTransit(), purse.clearing(rail), amountMinor, occurredAt, memo);
    }

    public static Entry failed(Source source, Purse purse, long amountMinor, Instant occurredAt, String memo) {
        return move(
                EntryKind.FAILED, source, purse, purse.inTransit(), purse.available(), amountMinor, occurredAt, memo);
    }

    public static Entry returned(
            Source source, Purse purse, UUID rail, long amountMinor, Instant occurredAt, String memo) {
        return move(
                EntryKind.RETURNED,
                source,
                purse,
                purse.clearing(rail),
                purse.available(),
                amountMinor,
                occurredAt,
                memo);
    }

    /** @param amountMinor more than 0 gives, less than 0 takes, which may make a debt */
    public static Entry adjust(Source source, Purse purse, long amountMinor, Instant occurredAt, String memo) {
        boolean gives = amountMinor > 0;
        return move(
                EntryKind.ADJUST,
                source,
                purse,
                gives ? purse.expense() : purse.available(),
                gives ? purse.available() : purse.expense(),
                Math.absExact(amountMinor),
                occurredAt,
                memo);
    }

    private static Entry move(
            EntryKind kind,
            Source source,
            Purse purse,
            Account from,
            Account to,
            long amountMinor,
            Instant occurredAt,
            String memo) {
        List<Posting> postings = List.of(Posting.debit(from, amountMinor), Posting.credit(to, amountMinor));
        return of(kind, source, purse, occurredAt, memo, postings);
    }

    private static Entry of(
            EntryKind kind, Source source, Purse purse, Instant occurredAt, String memo, List<Posting> postings) {
        return new Entry(
                kind,
                source.kind(),
                source.id(),
                source.number(),
                purse.programId(),
                purse.enrollmentId(),
                occurredAt,
                memo,
                postings);
    }
}
