package dev.tributary.payout.reconcile;

import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import dev.tributary.payout.rail.Listing;
import dev.tributary.payout.rail.Listing.Listed;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Notices;
import dev.tributary.payout.rail.Transfer;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One rail's list beside the books: page by page what is there, then what is here and was on no page. */
@ApplicationScoped
class Reconciliation {
    /** A page of a slow provider on a bad day. */
    private static final Duration PAGE_WITHIN = Duration.ofSeconds(60);
    /** Of what is told in one transaction: each locks a payout and may book. */
    private static final int TOLD_AT_ONCE = 20;
    /** Of what is not listed. */
    private static final int UNLISTED_AT_ONCE = 500;

    private final ReconcileRepository repository;
    private final List<Notices> notices;
    private final Clock clock;

    /** The provider cannot be asked now. */
    static final class NotListed extends RuntimeException {
        NotListed(String why) {
            super(why, null, false, false);
        }
    }

    /** What comparing came to, of some or of all. */
    private record Compared(long seen, long adopted, List<Difference> found) {}

    /** What was counted of one rail. */
    private static final class Counts {
        private long seen;
        private long adopted;
        private long different;

        void add(Compared some) {
            seen += some.seen();
            adopted += some.adopted();
            different += some.found().size();
        }
    }

    Reconciliation(ReconcileRepository repository, @All List<Notices> notices, Clock clock) {
        this.repository = repository;
        this.notices = notices;
        this.clock = clock;
    }

    void run(JobRun run, Listing listing, Looked from) {
        Counts counts = new Counts();
        Looked at = from;
        while (!at.listed()) at = page(run, listing, at, counts);
        boolean more = true;
        while (more) {
            Looked next = unlisted(run, at, counts);
            more = !next.equals(at);
            at = next;
        }
        run.report(
                "%s: %,d transfers listed, %,d %s, %,d differ",
                from.rail(),
                counts.seen,
                counts.adopted,
                run.dryRun() ? "would be adopted" : "adopted",
                counts.different);
    }

    private Looked page(JobRun run, Listing listing, Looked at, Counts counts) {
        Listing.Page page = ask(run, listing, at);
        Looked next = page.next().map(at::at).orElseGet(at::listedAll);
        List<Listed> listed = page.transfers();
        for (int i = 0; i < listed.size(); i += TOLD_AT_ONCE) {
            List<Listed> some = listed.subList(i, Math.min(listed.size(), i + TOLD_AT_ONCE));
            AtomicReference<Compared> done = new AtomicReference<>();
            run.step(tx -> compare(run, tx, at, some).invoke(done::set).replaceWith(Step.of(some.size())));
            tell(run, at.rail(), Objects.requireNonNull(done.get()), counts);
        }
        run.step(tx -> Uni.createFrom().item(new Step(0, next.write())));
        return next;
    }

    private static Listing.Page ask(JobRun run, Listing listing, Looked at) {
        run.check();
        try {
            return listing.list(at.listFrom(), at.listTo(), at.page()).await().atMost(PAGE_WITHIN);
        } catch (RuntimeException e) {
            run.check();
            throw new NotListed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private Uni<Compared> compare(JobRun run, SqlConnection tx, Looked at, List<Listed> listed) {
        return repository
                .known(tx, at.rail(), listed)
                .chain(known -> run.dryRun()
                        ? Uni.createFrom().item(() -> compared(listed, known, rehearsed(listed, known)))
                        : tell(tx, at.rail(), listed, known).chain(() -> keep(tx, at, listed, known)));
    }

    /** One after another: each locks its payout, and the list is in no order of theirs. */
    private Uni<Void> tell(SqlConnection tx, String rail, List<Listed> listed, Map<String, Known> known) {
        return Multi.createFrom()
                .iterable(listed)
                .filter(each -> Verdict.of(each.transfer(), of(known, each)).isNews())
                .onItem()
                .transformToMultiAndConcatenate(each -> Multi.createFrom()
                        .iterable(notices)
                        .onItem()
                        .transformToUniAndConcatenate(room -> room.take(tx, rail, notice(each, known))))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** The same news has the same id, so that adopting it twice is nothing. */
    private static Notice notice(Listed listed, Map<String, Known> known) {
        Transfer told = listed.transfer();
        String event = "list %s %s %d".formatted(told.id(), told.status().word(), told.reversedMinor());
        return new Notice(event, of(known, listed).map(Known::payoutId), told);
    }

    private Uni<Compared> keep(SqlConnection tx, Looked at, List<Listed> listed, Map<String, Known> before) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<String> ids = listed.stream().map(each -> each.transfer().id()).toList();
        return repository.known(tx, at.rail(), listed).chain(after -> {
            List<Difference> found = listed.stream()
                    .flatMap(each -> Verdict.afterTelling(each.transfer(), of(after, each)).stream())
                    .toList();
            return repository.keep(tx, at, ids, found, now).replaceWith(compared(listed, before, found));
        });
    }

    private static List<Difference> rehearsed(List<Listed> listed, Map<String, Known> known) {
        return listed.stream()
                .flatMap(each -> Verdict.of(each.transfer(), of(known, each)).difference().stream())
                .toList();
    }

    private static Compared compared(List<Listed> listed, Map<String, Known> before, List<Difference> found) {
        long adopted = listed.stream()
                .map(each -> Verdict.of(each.transfer(), of(before, each)))
                .filter(verdict -> verdict.isNews() && verdict.difference().isEmpty())
                .count();
        return new Compared(listed.size(), adopted, found);
    }

    private static Optional<Known> of(Map<String, Known> known, Listed listed) {
        return Optional.ofNullable(known.get(listed.transfer().id()));
    }

    private static void tell(JobRun run, String rail, Compared done, Counts counts) {
        counts.add(done);
        done.found()
                .forEach(
                        each -> run.report("%s %s %s: %s", rail, each.kind().word(), each.transferId(), each.detail()));
    }

    /** The other way: what was sent and paid here, and was on no page of the list that was begun. */
    private Looked unlisted(JobRun run, Looked at, Counts counts) {
        // In a dry run nothing was noted as listed, so all would seem to be missing.
        if (run.dryRun()) return at;
        AtomicReference<List<Difference>> done = new AtomicReference<>(List.of());
        run.step(tx -> repository
                .unlisted(tx, at.rail(), at.span(), at.begun(), at.after(), UNLISTED_AT_ONCE)
                .call(found ->
                        repository.note(tx, at.rail(), found, clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .invoke(done::set)
                .map(found -> new Step(found.size(), beyond(at, found).write())));
        List<Difference> found = Objects.requireNonNull(done.get());
        tell(run, at.rail(), new Compared(0, 0, found), counts);
        return beyond(at, found);
    }

    private static Looked beyond(Looked at, List<Difference> found) {
        if (found.isEmpty()) return at;
        Difference last = found.get(found.size() - 1);
        return at.after(new ReconcileRepository.Place(Objects.requireNonNull(last.payoutId()), last.transferId()));
    }
}
