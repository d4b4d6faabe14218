package dev.tributary.commission;

import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.job.Job;
import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import dev.tributary.outbox.Event;
import dev.tributary.outbox.Outbox;
import dev.tributary.program.Tier;
import dev.tributary.program.Tiers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives enrollments the highest tier that they have reached: up as soon as they have, down where refunds have undone it. A
 * tier that a person gave is kept until a higher one is reached.
 */
@Singleton
class TiersJob implements Job {
    /** Each adds up an enrollment's conversions, so this many stay well within a transaction's deadline. */
    private static final int BATCH = 100;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final TierRepository repository;
    private final Tiers tiers;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    TiersJob(TierRepository repository, Tiers tiers, Outbox outbox, Ids ids, Clock clock) {
        this.repository = repository;
        this.tiers = tiers;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "tiers";
    }

    @Override
    public String description() {
        return "Promotes and demotes affiliates to the tiers they have reached";
    }

    @Override
    public String schedule() {
        return "23 2 * * *";
    }

    /** @param to null = none */
    record Ascent(TierRepository.Standing standing, @org.jspecify.annotations.Nullable Tier to, boolean up) {}

    @Override
    public void run(JobRun run) {
        UUID after =
                run.cursor().map(at -> UUID.fromString(at.getString("after"))).orElse(BEFORE_ALL);
        long[] counts = new long[2];
        long last;
        do {
            UUID from = after;
            UUID[] reached = {from};
            last = run.step(tx -> repository
                            .standings(tx, from, BATCH)
                            .invoke(found -> {
                                if (!found.isEmpty())
                                    reached[0] =
                                            found.get(found.size() - 1).member().enrollmentId();
                            })
                            .chain(found ->
                                    assess(tx, found, run, counts).replaceWith(() -> place(found.size(), reached[0]))))
                    .done();
            after = reached[0];
        } while (last == BATCH);
        run.report(
                "%s %,d and %s %,d affiliates",
                run.dryRun() ? "would promote" : "promoted", counts[0], run.dryRun() ? "demote" : "demoted", counts[1]);
    }

    /** A run that ends begins the next from the start. */
    private static Step place(int done, UUID reached) {
        UUID next = done == BATCH ? reached : BEFORE_ALL;
        return new Step(done, new JsonObject().put("after", next.toString()));
    }

    private Uni<Void> assess(SqlConnection tx, List<TierRepository.Standing> found, JobRun run, long[] counts) {
        return tiersOf(tx, found).chain(byProgram -> {
            List<Ascent> steps = found.stream()
                    .map(each -> step(each, byProgram.getOrDefault(each.programId(), List.of())))
                    .flatMap(Optional::stream)
                    .toList();
            steps.forEach(step -> counts[step.up ? 0 : 1]++);
            steps.forEach(step -> tell(run, step));
            return run.dryRun() ? Uni.createFrom().voidItem() : write(tx, found, steps);
        });
    }

    private Uni<Map<UUID, List<Tier>>> tiersOf(SqlConnection tx, List<TierRepository.Standing> found) {
        Map<UUID, List<Tier>> byProgram = new HashMap<>();
        return Multi.createFrom()
                .iterable(found.stream()
                        .map(TierRepository.Standing::programId)
                        .distinct()
                        .toList())
                .onItem()
                .transformToUniAndConcatenate(
                        program -> tiers.of(tx, program).invoke(all -> byProgram.put(program, all)))
                .collect()
                .asList()
                .replaceWith(byProgram);
    }

    /** Empty where it stays as it is. */
    static Optional<Ascent> step(TierRepository.Standing standing, List<Tier> tiers) {
        Tier reached = tiers.stream()
                .filter(tier -> tier.reachedBy(standing.conversions(), standing.revenue()))
                .max(Comparator.comparingInt(Tier::rank))
                .orElse(null);
        int now = tiers.stream()
                .filter(tier -> tier.id().equals(standing.tierId()))
                .mapToInt(Tier::rank)
                .findFirst()
                .orElse(0);
        int then = reached == null ? 0 : reached.rank();
        if (then == now || then < now && standing.byHand()) return Optional.empty();
        return Optional.of(new Ascent(standing, reached, then > now));
    }

    private static void tell(JobRun run, Ascent step) {
        if (run.dryRun())
            run.report(
                    "would %s %s to %s",
                    step.up ? "promote" : "demote",
                    TypeId.ENROLLMENT.format(step.standing.member().enrollmentId()),
                    step.to == null ? "no tier" : step.to.name());
    }

    private Uni<Void> write(SqlConnection tx, List<TierRepository.Standing> found, List<Ascent> steps) {
        Map<UUID, UUID> changed = new HashMap<>();
        steps.forEach(
                step -> changed.put(step.standing.member().enrollmentId(), step.to == null ? null : step.to.id()));
        List<UUID> kept = new ArrayList<>();
        List<UUID> given = new ArrayList<>();
        for (TierRepository.Standing each : found) {
            UUID id = each.member().enrollmentId();
            if (each.byHand() && !changed.containsKey(id)) continue;
            kept.add(id);
            given.add(changed.containsKey(id) ? changed.get(id) : each.tierId());
        }
        return tiers.give(tx, changed, clock.instant().truncatedTo(ChronoUnit.MICROS))
                .chain(() -> repository.keep(tx, kept, given, clock.instant()))
                .chain(() -> outbox.append(tx, steps.stream().map(this::event).toList()));
    }

    private Event event(Ascent step) {
        JsonObject payload = new JsonObject()
                .put(
                        "enrollmentId",
                        TypeId.ENROLLMENT.format(step.standing.member().enrollmentId()))
                .put(
                        "affiliateId",
                        TypeId.AFFILIATE.format(step.standing.member().affiliateId()))
                .put("programId", TypeId.PROGRAM.format(step.standing.programId()))
                .put("tierId", step.to == null ? null : TypeId.TIER.format(step.to.id()))
                .put(
                        "tier",
                        step.to == null ? null : Objects.requireNonNull(step.to).name());
        return new Event(
                ids.next(),
                step.up ? "tier.promoted" : "tier.demoted",
                step.standing.member().enrollmentId(),
                payload);
    }
}
