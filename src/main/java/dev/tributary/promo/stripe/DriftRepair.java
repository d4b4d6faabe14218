package dev.tributary.promo.stripe;

import dev.tributary.job.JobFailed;
import dev.tributary.job.JobRun;
import dev.tributary.postgres.Transactions;
import dev.tributary.stripe.StripeAnswer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Makes Stripe hold what the codes say; blocks, and is for jobs. */
@Singleton
class DriftRepair {
    /** One transaction each is enough for those that are only asked for. */
    static final int BATCH = 500;

    private static final Duration ANSWER = Transactions.DEADLINE.plusSeconds(2);
    private static final Duration TURN = Duration.ofMinutes(10);

    private final CouponCalls calls;
    private final CouponSync sync;
    private final StripeCouponRepository repository;
    private final Transactions transactions;

    DriftRepair(CouponCalls calls, CouponSync sync, StripeCouponRepository repository, Transactions transactions) {
        this.calls = calls;
        this.sync = sync;
        this.repository = repository;
        this.transactions = transactions;
    }

    /** Empties the list. */
    void repair(JobRun run, List<Drift> some) {
        run.check();
        ask(some.stream()
                .filter(drift -> drift.object() == null)
                .map(Drift::codeId)
                .filter(Objects::nonNull)
                .toList());
        for (Drift drift : some) {
            run.check();
            if (drift.correction() != null) correct(drift, drift.correction());
            else if (drift.object() != null) remove(drift, drift.object());
        }
        some.clear();
    }

    private void ask(List<UUID> codes) {
        if (!codes.isEmpty())
            transactions.run(tx -> repository.ask(tx, codes)).await().atMost(ANSWER);
    }

    private void correct(Drift drift, Drift.Correction correction) {
        transactions
                .run(tx -> repository.correct(tx, Objects.requireNonNull(drift.codeId()), correction))
                .await()
                .atMost(ANSWER);
    }

    private void remove(Drift drift, String object) {
        Uni<? extends StripeAnswer<?>> call =
                drift.kind() == Drift.Kind.COUPON_TOO_MANY ? calls.delete(object) : calls.setActive(object, false);
        StripeAnswer<?> answer = call.await().atMost(TURN);
        boolean gone = answer instanceof StripeAnswer.Refused<?> refused && refused.missing();
        if (answer.value().isEmpty() && !gone) throw new JobFailed(object + " could not be changed: " + answer.told());
    }

    /** Takes turns until nothing is due. */
    void bring(JobRun run) {
        int brought = 0;
        for (int some = turn(); some > 0; some = turn()) {
            brought += some;
            run.advance(some);
        }
        run.report("%,d codes were brought to Stripe", brought);
    }

    private int turn() {
        return sync.run().await().atMost(TURN);
    }
}
