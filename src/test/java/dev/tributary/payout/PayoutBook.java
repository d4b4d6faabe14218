package dev.tributary.payout;

import dev.tributary.ledger.Account;
import dev.tributary.ledger.Entry;
import dev.tributary.ledger.Posting;
import dev.tributary.ledger.Purse;
import dev.tributary.ledger.Side;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The books of one payout, as its entries move them: what is owed on each kind of account. */
final class PayoutBook {
    private static final UUID RAIL = new UUID(9, 9);

    private final PayoutEntries entries;
    private final long gross;
    private final Map<Account.Kind, Long> owed = new EnumMap<>(Account.Kind.class);
    private final Set<String> sources = new HashSet<>();
    private int ended;

    /** P2: what was available is reserved. */
    PayoutBook(UUID payoutId, long gross, Instant now) {
        this.gross = gross;
        entries = new PayoutEntries(payoutId, new Purse(new UUID(5, 5), new UUID(6, 6), "USD"), RAIL);
        owed.put(Account.Kind.AVAILABLE, gross);
        post(List.of(entries.reserve(gross, now)));
    }

    void book(Step step, Instant now) {
        post(entries.of(step.effects(), now));
        for (Effect effect : step.effects())
            if (effect instanceof Effect.Settle || effect instanceof Effect.Release) ended++;
    }

    private void post(List<Entry> posted) {
        for (Entry entry : posted) {
            hold(sources.add(entry.kind() + " " + entry.number()), "no entry is booked twice: " + entry);
            for (Posting posting : entry.postings())
                owed.merge(
                        posting.account().kind(),
                        posting.side() == Side.CREDIT ? posting.amountMinor() : -posting.amountMinor(),
                        Math::addExact);
        }
    }

    private long on(Account.Kind kind) {
        return owed.getOrDefault(kind, 0L);
    }

    void check(Payout payout) {
        boolean live = payout.state().isLive();
        hold(on(Account.Kind.IN_TRANSIT) == (live ? gross : 0), "exactly what is live is reserved");
        hold(ended == (live ? 0 : 1), "a reservation is posted xor voided");
        hold(on(Account.Kind.CLEARING) == payout.booked().outMinor(), "the payout knows what is booked");
        hold(on(Account.Kind.WITHHELD) >= 0, "no more is given back than was withheld");
    }

    void checkOver(Payout payout) {
        check(payout);
        long available = on(Account.Kind.AVAILABLE);
        boolean back = payout.state() instanceof PayoutState.Returned;
        if (back) hold(available == gross - payout.amounts().fee(), "all but the fee is back");
        boolean never = payout.state() instanceof PayoutState.Failed || payout.state() instanceof PayoutState.Canceled;
        if (never) hold(available == gross, "all is back");
    }

    /** Plain, because it is asked a million times. */
    private static void hold(boolean holds, String what) {
        if (!holds) throw new AssertionError("not so: " + what);
    }
}
