package dev.tributary.promo.stripe;

import dev.tributary.id.TypeId;
import dev.tributary.job.Job;
import dev.tributary.job.JobRun;
import dev.tributary.promo.stripe.Drift.Kind;
import dev.tributary.stripe.StripeCalls;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Compares all codes with all that Stripe holds, tells the differences, and repairs them: what is here is right. Also brings
 * codes to Stripe that never were, such as those made before there was a key.
 */
@Singleton
class SyncStripeJob implements Job {
    /** Of each kind; the rest is counted. */
    private static final int MOST_TOLD = 20;

    private final StripeCalls stripe;
    private final DriftSearch search;
    private final DriftRepair repair;

    SyncStripeJob(StripeCalls stripe, DriftSearch search, DriftRepair repair) {
        this.stripe = stripe;
        this.search = search;
        this.repair = repair;
    }

    @Override
    public String name() {
        return "sync-stripe";
    }

    @Override
    public String description() {
        return "Compares discount codes with Stripe's coupons and promotion codes, and repairs what differs";
    }

    @Override
    public String schedule() {
        return "47 2 * * *";
    }

    /** A million codes are twenty thousand pages at Stripe. */
    @Override
    public Duration deadline() {
        return Duration.ofHours(6);
    }

    @Override
    public void run(JobRun run) {
        if (!stripe.configured()) {
            run.report("There is no key of Stripe's: codes work here alone");
            return;
        }
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        List<Drift> some = new ArrayList<>();
        search.search(run, drift -> {
            tell(run, drift, counts.merge(drift.kind(), 1, Integer::sum));
            if (run.dryRun()) return;
            some.add(drift);
            if (some.size() == DriftRepair.BATCH) repair.repair(run, some);
        });
        if (!run.dryRun()) repair.repair(run, some);
        counts.forEach((kind, count) -> run.report("%,d: %s", count, kind.words()));
        if (counts.isEmpty()) run.report("Stripe and the codes agree");
        if (!run.dryRun()) repair.bring(run);
    }

    private static void tell(JobRun run, Drift drift, int count) {
        if (count > MOST_TOLD) return;
        String what = drift.codeId() == null ? "" : TypeId.DISCOUNT_CODE.format(drift.codeId()) + " ";
        String object = drift.object() == null ? "" : "(" + drift.object() + ") ";
        run.report("%s%s%s", what, object, drift.kind().words());
    }
}
