package dev.tributary.analytics.leaderboard;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Computes rankings in PostgreSQL, and hands them to Redis when they are committed there. */
@ApplicationScoped
class Rankings {
    /** Places of one ranking: written in one transaction, well within its deadline. Who is further down has no place. */
    static final int MOST_RANKED = 200_000;

    private final RankingRepository repository;
    private final BoardRepository boards;
    private final SharedBoards shared;
    private final Transactions transactions;

    Rankings(RankingRepository repository, BoardRepository boards, SharedBoards shared, Transactions transactions) {
        this.repository = repository;
        this.boards = boards;
        this.shared = shared;
        this.transactions = transactions;
    }

    /** @param before null: it is the first of its key */
    record Computed(Board board, @Nullable Long before, int changed) {
        boolean isNew() {
            return before == null || before != board.generation();
        }
    }

    /** How many would be ranked; writes nothing. */
    Uni<Integer> rehearse(SqlConnection c, RankingRepository.Wanted program, BoardKey key, Instant now) {
        return repository
                .rank(c, program, key, key.span().days(program.zone(), now), MOST_RANKED, false)
                .map(RankingRepository.Outcome::ranked);
    }

    /** Computes one ranking in the caller's transaction. Another computation of the same, or a change of names, waits. */
    Uni<Computed> compute(SqlConnection tx, RankingRepository.Wanted program, BoardKey key, Instant now) {
        Span.Days days = key.span().days(program.zone(), now);
        return boards.lock(tx, key).chain(old -> repository
                .rank(tx, program, key, days, MOST_RANKED, true)
                .chain(outcome -> repository.top(tx, key, program.setting()).chain(top -> boards.last(tx, key)
                        .map(last -> computed(program, key, days, old, outcome, last, top, now))))
                .call(computed -> boards.put(tx, computed.board())));
    }

    private static Computed computed(
            RankingRepository.Wanted program,
            BoardKey key,
            Span.Days days,
            Optional<Board> old,
            RankingRepository.Outcome outcome,
            Optional<Place.Next> last,
            List<Board.Shown> top,
            Instant now) {
        @Nullable Long before = old.map(Board::generation).orElse(null);
        boolean same = outcome.changed() == 0
                && old.map(board -> board.days().equals(days) && board.top().equals(top))
                        .orElse(false);
        Board board = new Board(
                key,
                same ? old.orElseThrow().generation() : next(before, now),
                days,
                program.zone().getId(),
                program.currency(),
                program.setting().minimumClicks(),
                outcome.ranked(),
                last.orElse(null),
                top,
                now.truncatedTo(ChronoUnit.MICROS));
        return new Computed(board, before, outcome.changed());
    }

    /** By the clock, so that a ranking that was removed and comes again does not meet what Redis still has of it. */
    static long next(@Nullable Long before, Instant now) {
        return Math.max(before == null ? 0 : before + 1, now.toEpochMilli());
    }

    /** Hands a committed ranking to Redis. Should a name have changed since, nothing is left there. Never fails for Redis. */
    Uni<Void> publish(Computed computed) {
        Board board = computed.board();
        Uni<Boolean> there = computed.isNew() ? Uni.createFrom().item(false) : shared.renew(board);
        return there.chain(renewed -> renewed ? Uni.createFrom().voidItem() : fill(board))
                .chain(() -> computed.isNew() && computed.before() != null
                        ? shared.retire(board.key(), computed.before())
                        : Uni.createFrom().voidItem())
                .chain(() -> transactions.read(c -> boards.find(c, board.key())))
                .chain(now -> now.map(Board::generation).equals(Optional.of(board.generation()))
                        ? Uni.createFrom().voidItem()
                        : shared.forget(List.of(board.key())));
    }

    private Uni<Void> fill(Board board) {
        return transactions
                .read(c -> boards.places(c, board.key(), SharedBoards.MOST_PLACES))
                .chain(placed -> shared.put(board, placed));
    }

    /**
     * Shows somebody by another name wherever they are among the first of a program, from the next second on. Locks those
     * rankings until the transaction ends.
     */
    Uni<Void> rename(SqlConnection tx, List<UUID> programs, UUID affiliateId, String name, Instant now) {
        return boards.lockAll(tx, programs).chain(found -> {
            List<Board> renamed = found.stream()
                    .flatMap(board -> renamed(board, affiliateId, name, now).stream())
                    .toList();
            transactions.afterCommit(
                    tx, () -> shared.forget(renamed.stream().map(Board::key).toList())
                            .subscribe()
                            .with(done -> {}, failure -> {}));
            Uni<Void> written = Uni.createFrom().voidItem();
            for (Board board : renamed) written = written.chain(() -> boards.put(tx, board));
            return written;
        });
    }

    private static Optional<Board> renamed(Board board, UUID affiliateId, String name, Instant now) {
        List<Board.Shown> top = board.top().stream()
                .map(each -> each.affiliateId().equals(affiliateId) ? each.as(name) : each)
                .toList();
        if (top.equals(board.top())) return Optional.empty();
        return Optional.of(new Board(
                board.key(),
                next(board.generation(), now),
                board.days(),
                board.timeZone(),
                board.currency(),
                board.minimumClicks(),
                board.ranked(),
                board.last(),
                top,
                board.asOf()));
    }
}
