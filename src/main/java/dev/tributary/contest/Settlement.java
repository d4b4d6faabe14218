package dev.tributary.contest;

import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.commission.Prizes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.outbox.Event;
import dev.tributary.outbox.Outbox;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Decides a contest: standings, winners, prizes in the books, the event and the audit entry in one transaction, so that all of
 * it is there or nothing is, whatever dies in between. Done again it does nothing: the contest is marked with it.
 */
@ApplicationScoped
class Settlement {
    /** Winners that the event names; all of them are in the API. */
    private static final int TOLD = 100;

    private final ContestRepository contests;
    private final StandingRepository standings;
    private final WinnerRepository winners;
    private final Programs programs;
    private final Prizes prizes;
    private final Outbox outbox;
    private final Changes changes;
    private final Ids ids;

    Settlement(
            ContestRepository contests,
            StandingRepository standings,
            WinnerRepository winners,
            Programs programs,
            Prizes prizes,
            Outbox outbox,
            Changes changes,
            Ids ids) {
        this.contests = contests;
        this.standings = standings;
        this.winners = winners;
        this.programs = programs;
        this.prizes = prizes;
        this.outbox = outbox;
        this.changes = changes;
        this.ids = ids;
    }

    /** What became of a contest in one go. */
    enum Outcome {
        /** Its standings are as of now. */
        REFRESHED,
        /** It could be decided, but for something that counts and is on its way. */
        WAITS,
        SETTLED,
        /** It was decided or canceled, or has gone. */
        NOTHING
    }

    /** Refreshes the standings of one contest, and decides it when its time has come. */
    Uni<Outcome> advance(SqlConnection tx, UUID contestId, Instant now) {
        return contests.lock(tx, contestId).chain(found -> {
            if (found.isEmpty()) return Uni.createFrom().item(Outcome.NOTHING);
            Contest contest = found.get();
            ContestStatus status = contest.status(now);
            if (status != ContestStatus.ACTIVE && status != ContestStatus.ENDED)
                return Uni.createFrom().item(Outcome.NOTHING);
            return standings
                    .refresh(tx, contest, ContestsJob.MOST_RANKED, now)
                    .chain(() -> now.isBefore(contest.decidedFrom())
                            ? Uni.createFrom().item(Outcome.REFRESHED)
                            : decide(tx, contest, now));
        });
    }

    private Uni<Outcome> decide(SqlConnection tx, Contest contest, Instant now) {
        return winners.pending(tx, contest)
                .chain(pending -> pending
                        ? Uni.createFrom().item(Outcome.WAITS)
                        : standings
                                .first(tx, contest.id(), contest.prizes().size(), Winners.MOST + Contest.MOST_PRIZES)
                                .map(scores -> Winners.of(scores, contest.tieRule(), contest.prizes()))
                                .chain(won -> settle(tx, contest, won, now))
                                .replaceWith(Outcome.SETTLED));
    }

    private Uni<Void> settle(SqlConnection tx, Contest contest, List<Winners.Won> won, Instant now) {
        List<UUID> rows = Stream.generate(ids::next).limit(won.size()).toList();
        return winners.settle(tx, contest.id(), now)
                .invoke(settled -> {
                    if (!settled) throw new IllegalStateException("A locked contest was decided by somebody else");
                })
                .chain(() -> winners.insert(tx, contest, rows, won, now))
                .chain(() -> outbox.append(tx, settled(contest, won)))
                .chain(() -> contests.find(tx, contest.id()))
                .chain(after -> changes.record(
                        tx,
                        new Change(
                                "contest.settle",
                                TypeId.CONTEST,
                                contest.id(),
                                ContestView.of(contest, now),
                                ContestView.of(after.orElseThrow(), now))))
                .chain(() -> programs.get(tx, contest.programId()))
                .chain(program -> prizes.book(
                        tx, wins(contest, rows, won), program.rules().holdDays(), now));
    }

    private static List<Prizes.Win> wins(Contest contest, List<UUID> rows, List<Winners.Won> won) {
        return IntStream.range(0, won.size())
                .filter(i -> won.get(i).prizeMinor() > 0)
                .mapToObj(i -> new Prizes.Win(
                        rows.get(i),
                        contest.programId(),
                        won.get(i).score().enrollmentId(),
                        won.get(i).score().affiliateId(),
                        won.get(i).prizeMinor(),
                        contest.currency()))
                .toList();
    }

    private Event settled(Contest contest, List<Winners.Won> won) {
        JsonArray first = new JsonArray();
        won.stream()
                .limit(TOLD)
                .forEach(each -> first.add(new JsonObject()
                        .put("affiliateId", TypeId.AFFILIATE.format(each.score().affiliateId()))
                        .put("rank", each.rank())
                        .put("value", each.score().value())
                        .put(
                                "prize",
                                new JsonObject()
                                        .put("amount", each.prizeMinor())
                                        .put("currency", contest.currency()))));
        JsonObject payload = new JsonObject()
                .put("contestId", TypeId.CONTEST.format(contest.id()))
                .put("programId", TypeId.PROGRAM.format(contest.programId()))
                .put("metric", contest.metric().word())
                .put("winners", first)
                .put("winnersInAll", won.size());
        return new Event(ids.next(), "contest.settled", contest.id(), payload);
    }
}
