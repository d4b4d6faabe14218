package dev.tributary.payout.reconcile;

import dev.tributary.payout.rail.Transfer;
import dev.tributary.payout.reconcile.Difference.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one listed transfer is beside what is known of it. News is told to the payout first, as an event of the provider would
 * be; only what still differs then is a difference.
 *
 * @param isNews whether the list says more than was told before
 */
record Verdict(boolean isNews, Optional<Difference> difference) {
    static Verdict of(Transfer listed, Optional<Known> known) {
        if (known.isEmpty())
            return differs(
                    false,
                    listed,
                    Kind.MISSING_HERE,
                    null,
                    "%s %s was sent there as %s, and no payout here is known"
                            .formatted(
                                    listed.movedMinor(),
                                    listed.currency(),
                                    listed.status().word()));
        Known here = known.get();
        boolean mine =
                listed.movedMinor() == here.netMinor() && listed.currency().equals(here.currency());
        boolean news = here.told().map(told -> isNews(told, listed)).orElse(true);
        if (!mine)
            return differs(
                    here.told().isEmpty(),
                    listed,
                    Kind.AMOUNT,
                    here,
                    "%d %s there, %d %s here"
                            .formatted(listed.movedMinor(), listed.currency(), here.netMinor(), here.currency()));
        if (!news && isUnpaid(here, listed))
            return differs(
                    false,
                    listed,
                    Kind.STATE,
                    here,
                    "%s there with %d %s still out, %s here"
                            .formatted(listed.status().word(), listed.outMinor(), listed.currency(), here.state()));
        return new Verdict(news, Optional.empty());
    }

    /** The same after it was told: what would still be news was not taken, and somebody has to know why. */
    static Optional<Difference> afterTelling(Transfer listed, Optional<Known> known) {
        Verdict verdict = of(listed, known);
        if (!verdict.isNews() || verdict.difference().isPresent()) return verdict.difference();
        return differs(
                        false,
                        listed,
                        Kind.STATE,
                        known.orElseThrow(),
                        "%s there, which was told and changed nothing here"
                                .formatted(listed.status().word()))
                .difference();
    }

    /** Told of another amount before and now, it is no news but a difference. */
    private static boolean isNews(Transfer told, Transfer listed) {
        boolean same =
                told.movedMinor() == listed.movedMinor() && told.currency().equals(listed.currency());
        if (!same) return false;
        Transfer merged = told.merged(listed);
        return merged.status() != told.status() || merged.reversedMinor() != told.reversedMinor();
    }

    /** Once told, what is out is paid here, or it was sent though it was not to be. */
    private static boolean isUnpaid(Known here, Transfer listed) {
        boolean waiting = here.state().equals("requested") || here.state().equals("approved");
        return listed.outMinor() > 0 && (waiting || here.overpaidMinor() > 0)
                || waiting && listed.status() == Transfer.Status.PENDING;
    }

    private static Verdict differs(boolean news, Transfer listed, Kind kind, @Nullable Known here, String detail) {
        return new Verdict(
                news, Optional.of(new Difference(kind, listed.id(), here == null ? null : here.payoutId(), detail)));
    }
}
