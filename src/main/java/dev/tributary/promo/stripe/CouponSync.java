package dev.tributary.promo.stripe;

import dev.tributary.postgres.Transactions;
import dev.tributary.promo.DiscountCodes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Brings codes that are due to Stripe, step by step. A turn holds no transaction and no connection while Stripe is asked;
 * a process that dies leaves a lease that ends, and the next turn goes on from what was known.
 */
@ApplicationScoped
class CouponSync {
    /** Taken at once; four of them are under way, so that Checkout Sessions find threads. */
    static final int BATCH = 50;

    private static final int AT_ONCE = 4;
    /** Pause, coupon, promotion code, resume, and once more where a promotion code could not be brought back. */
    private static final int MOST_STEPS = 8;

    private static final Logger LOG = Logger.getLogger(CouponSync.class);

    private final Transactions transactions;
    private final StripeCouponRepository repository;
    private final DiscountCodes codes;
    private final CouponSteps steps;
    private final Clock clock;

    CouponSync(
            Transactions transactions,
            StripeCouponRepository repository,
            DiscountCodes codes,
            CouponSteps steps,
            Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.codes = codes;
        this.steps = steps;
        this.clock = clock;
    }

    /** Takes a turn with each of the codes that are due, at most a batch of them; answers how many there were. */
    Uni<Integer> run() {
        return transactions
                .run(tx -> repository.claim(tx, BATCH))
                .onItem()
                .transformToMulti((List<Turn> turns) -> Multi.createFrom().iterable(turns))
                .onItem()
                .transformToUni(turn -> take(turn).replaceWith(1))
                .merge(AT_ONCE)
                .collect()
                .with(Collectors.summingInt(one -> one));
    }

    /** What fails is tried again when the lease has ended. */
    private Uni<Void> take(Turn turn) {
        return transactions
                .read(c -> codes.find(c, turn.codeId()))
                .map(code -> new Wanted(code.orElseThrow(), clock.instant()))
                .chain(wanted -> go(turn, wanted, turn.known(), MOST_STEPS))
                .onFailure()
                .invoke(failure -> LOG.warnf(failure, "Code %s could not be brought to Stripe", turn.codeId()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> go(Turn turn, Wanted wanted, Known known, int left) {
        Optional<CouponStep> next = CouponStep.next(wanted, known);
        if (next.isEmpty()) return settle(turn, Settlement.done(wanted, known));
        if (left == 0)
            return settle(
                    turn,
                    Settlement.later(
                            wanted, turn.failures(), java.time.Duration.ZERO, "Stripe does not keep what it is told"));
        return steps.take(next.get(), wanted, known).chain(outcome -> transactions
                .read(c -> repository.save(c, turn, outcome.known()))
                .chain(mine -> mine
                        ? after(outcome, turn, wanted, left)
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> after(Outcome outcome, Turn turn, Wanted wanted, int left) {
        if (outcome instanceof Outcome.Later later)
            return settle(turn, Settlement.later(wanted, turn.failures(), later.after(), later.why()));
        if (outcome instanceof Outcome.Never never) return settle(turn, Settlement.refused(wanted, never.why()));
        return go(turn, wanted, outcome.known(), left - 1);
    }

    private Uni<Void> settle(Turn turn, Settlement end) {
        return transactions.read(c -> repository.settle(c, turn, end));
    }
}
