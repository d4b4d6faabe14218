package dev.tributary.promo;

import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.outbox.Outbox;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Generates many codes alike. A text that is taken is replaced by another, so as many are made as were asked for. */
@ApplicationScoped
class Batches {
    /** With texts of this length one round is enough unless the prefix is used up. */
    private static final int MOST_ROUNDS = 5;

    private final CodeChanges codes;
    private final BatchRepository repository;
    private final CodeNews news;
    private final Outbox outbox;
    private final Changes changes;
    private final RandomGenerator random;
    private final Ids ids;
    private final Clock clock;

    Batches(
            CodeChanges codes,
            BatchRepository repository,
            CodeNews news,
            Outbox outbox,
            Changes changes,
            RandomGenerator random,
            Ids ids,
            Clock clock) {
        this.codes = codes;
        this.repository = repository;
        this.news = news;
        this.outbox = outbox;
        this.changes = changes;
        this.random = random;
        this.ids = ids;
        this.clock = clock;
    }

    /** In one transaction: all or none. */
    Uni<BatchView> generate(SqlConnection tx, BatchInput input) {
        UUID batch = ids.next();
        return codes.like(tx, input.each())
                .chain(like -> more(tx, input, batch, like, List.of(), MOST_ROUNDS)
                        .call(made -> record(tx, batch, like, made)))
                .map(made -> new BatchView(TypeId.DISCOUNT_BATCH.format(batch), made.size(), made))
                .call(() -> {
                    news.usedUp(tx);
                    return outbox.append(tx, CodesGenerated.event(ids.next(), batch, input.wanted()));
                });
    }

    private Uni<List<String>> more(
            SqlConnection tx, BatchInput input, UUID batch, DiscountCode like, List<String> made, int rounds) {
        int missing = input.wanted() - made.size();
        if (missing == 0) return Uni.createFrom().item(made);
        if (rounds == 0)
            return Uni.createFrom()
                    .failure(new Problem(ProblemKind.CONFLICT, "Too many of these texts are taken; take longer ones"));
        List<UUID> fresh = Stream.generate(ids::next).limit(missing).toList();
        return repository
                .insert(tx, batch, like, fresh, input.texts(missing, random))
                .chain(some -> {
                    List<String> all = new ArrayList<>(made);
                    all.addAll(some);
                    return more(tx, input, batch, like, all, rounds - 1);
                });
    }

    private Uni<Void> record(SqlConnection tx, UUID batch, DiscountCode like, List<String> made) {
        Instant now = clock.instant();
        BatchView.Summary summary =
                new BatchView.Summary(TypeId.DISCOUNT_BATCH.format(batch), made.size(), DiscountCodeView.of(like, now));
        return changes.record(tx, Change.created(TypeId.DISCOUNT_BATCH, batch, summary));
    }
}
