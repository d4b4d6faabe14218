package dev.tributary.commission;

import dev.tributary.commission.rule.RuleKinds;
import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.DueConversion;
import dev.tributary.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * Turns due conversions into commissions and entries, a batch in one transaction: whatever ends it half-way leaves the
 * conversions due and nothing booked.
 *
 * <p><b>Locks</b>, in this order in every transaction that books: the marks of due conversions, commissions by id, counters
 * by key, marks of milestones, balances by account. Each statement works on the whole batch.
 */
@ApplicationScoped
class Booker {
    private final Conversions conversions;
    private final BatchReader reader;
    private final CounterRepository counters;
    private final FailureRepository failures;
    private final AwardRepository awards;
    private final Posting posting;
    private final RuleKinds kinds;
    private final Ids ids;
    private final Clock clock;

    Booker(
            Conversions conversions,
            BatchReader reader,
            CounterRepository counters,
            FailureRepository failures,
            AwardRepository awards,
            Posting posting,
            RuleKinds kinds,
            Ids ids,
            Clock clock) {
        this.conversions = conversions;
        this.reader = reader;
        this.counters = counters;
        this.failures = failures;
        this.awards = awards;
        this.posting = posting;
        this.kinds = kinds;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What one batch did.
     *
     * @param taken conversions that were due, also those that needed nothing
     */
    record Done(int taken, Batch.Result result) {}

    /** Books what is due, at most so much, and answers what it was; nothing where nothing is due. */
    Uni<Done> book(SqlConnection tx, int limit) {
        return conversions
                .takeDue(tx, limit)
                .chain(due -> due.isEmpty()
                        ? Uni.createFrom().item(new Done(0, Batch.Result.NONE))
                        : compute(tx, due, true).call(done -> write(tx, due, done.result())));
    }

    /** What {@link #book} would do with these, without locks and without writing. */
    Uni<Done> rehearse(SqlConnection c, List<DueConversion> due) {
        return compute(c, due, false);
    }

    private Uni<Done> compute(SqlConnection tx, List<DueConversion> due, boolean lock) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return reader.read(tx, due, lock).map(batch -> new Done(due.size(), batch.compute(kinds, ids::next, now)));
    }

    private Uni<Void> write(SqlConnection tx, List<DueConversion> due, Batch.Result result) {
        List<UUID> all = due.stream().map(DueConversion::id).toList();
        return failures.replace(tx, all, result.failures(), clock.instant())
                .chain(() -> counters.save(tx, result.counters()))
                .chain(() -> conversions.booked(tx, all))
                .chain(() -> awards.mark(tx, due))
                .chain(() -> posting.apply(tx, result.moves(), result.arithmetic(), null));
    }
}
