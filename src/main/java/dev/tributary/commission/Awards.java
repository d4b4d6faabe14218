package dev.tributary.commission;

import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.outbox.Event;
import dev.tributary.outbox.Outbox;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Awards milestones, and takes them back where refunds undo them. An award is made once for ever: its row is unique, and one
 * that is lost and reached again is given back by the same commission.
 */
@ApplicationScoped
class Awards {
    /** Each counts referrals, so this many stay well within a transaction's deadline. */
    static final int BATCH = 20;

    private final AwardRepository repository;
    private final Posting posting;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    Awards(AwardRepository repository, Posting posting, Outbox outbox, Ids ids, Clock clock) {
        this.repository = repository;
        this.posting = posting;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** Counts for those who are due, at most {@value #BATCH}; answers how many they were. */
    Uni<Integer> assess(SqlConnection tx) {
        List<Move> moves = new ArrayList<>();
        return repository.take(tx, BATCH).chain(due -> Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(each -> assess(tx, each, moves))
                .collect()
                .asList()
                .chain(done -> posting.apply(tx, moves, Map.of(), null))
                .replaceWith(due.size()));
    }

    private Uni<Void> assess(SqlConnection tx, AwardRepository.Due due, List<Move> moves) {
        UUID enrollment = due.member().enrollmentId();
        return repository
                .standings(tx, due.programId(), enrollment)
                .chain(standings -> repository
                        .converted(tx, due.programId(), due.member(), highest(standings))
                        .chain(count -> award(tx, due, standings, count, moves)
                                .chain(() -> follow(tx, standings, count, moves))))
                .chain(() -> repository.done(tx, due));
    }

    private static long highest(List<AwardRepository.Standing> standings) {
        return standings.stream()
                .mapToLong(each -> each.milestone().threshold())
                .max()
                .orElse(0);
    }

    private Uni<Void> award(
            SqlConnection tx,
            AwardRepository.Due due,
            List<AwardRepository.Standing> standings,
            long count,
            List<Move> moves) {
        return Multi.createFrom()
                .iterable(standings)
                .filter(each ->
                        each.awardId() == null && count >= each.milestone().threshold())
                .onItem()
                .transformToUniAndConcatenate(each -> award(tx, due, each.milestone(), moves))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> award(SqlConnection tx, AwardRepository.Due due, Milestone milestone, List<Move> moves) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        UUID award = ids.next();
        return repository
                .award(tx, award, milestone, due.member().enrollmentId(), now)
                .chain(() -> outbox.append(tx, reached(award, due, milestone)))
                .invoke(() -> moves.add(Move.earn(draft(award, due, milestone, now), now)));
    }

    private Commission draft(UUID award, AwardRepository.Due due, Milestone milestone, Instant now) {
        return new Commission(
                ids.next(),
                due.programId(),
                due.member(),
                new Commission.Source(Commission.Source.MILESTONE, award),
                "milestone",
                0,
                1,
                null,
                milestone.bonusMinor(),
                0,
                milestone.currency(),
                Status.PENDING,
                false,
                null,
                now,
                now.plus(Duration.ofDays(due.holdDays())),
                0);
    }

    private Event reached(UUID award, AwardRepository.Due due, Milestone milestone) {
        JsonObject payload = new JsonObject()
                .put("milestoneId", TypeId.MILESTONE.format(milestone.id()))
                .put("programId", TypeId.PROGRAM.format(due.programId()))
                .put("affiliateId", TypeId.AFFILIATE.format(due.member().affiliateId()))
                .put("threshold", milestone.threshold())
                .put(
                        "bonus",
                        new JsonObject().put("amount", milestone.bonusMinor()).put("currency", milestone.currency()));
        return new Event(ids.next(), "milestone.reached", award, payload);
    }

    /** Those that were awarded before stand by the count; where refunds are of no matter, nothing is taken from them. */
    private Uni<Void> follow(SqlConnection tx, List<AwardRepository.Standing> standings, long count, List<Move> moves) {
        Map<UUID, AwardRepository.Standing> awarded = standings.stream()
                .filter(each -> each.awardId() != null)
                .collect(Collectors.toMap(each -> Objects.requireNonNull(each.awardId()), each -> each));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return repository
                .lock(tx, List.copyOf(awarded.keySet()))
                .invoke(found -> found.forEach(old -> {
                    AwardRepository.Standing standing =
                            Objects.requireNonNull(awarded.get(old.source().id()));
                    Move move = Move.amount(old, standing.due(old, count), now);
                    if (move.changes(old)) moves.add(move);
                }))
                .replaceWithVoid();
    }
}
