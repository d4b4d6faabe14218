package dev.tributary.analytics.leaderboard;

import dev.tributary.access.CallerContext;
import dev.tributary.access.Recent;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Rankings as they are read: in memory for a second, then in Redis, then in PostgreSQL. Somebody's place is remembered as long
 * as its ranking does not change, so that most readings ask nobody.
 */
@ApplicationScoped
class Boards {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    /** Who leaves a program, and a program that switches its leaderboard off, is noticed so late. */
    private static final long MEMBER_NANOS = Duration.ofSeconds(10).toNanos();
    /** Of those without a place: they see their clicks grow. */
    private static final long PLACELESS_NANOS = Duration.ofSeconds(10).toNanos();
    /** Some 15 KB each. */
    private static final int MOST_BOARDS = 1_000;
    /** Some 200 bytes each. */
    private static final int MOST_OWN = 50_000;

    private final BoardRepository repository;
    private final SettingRepository settings;
    private final SharedBoards shared;
    private final Transactions transactions;
    private final Clock clock;
    private final Map<BoardKey, Kept> boards = new ConcurrentHashMap<>();
    private final Map<Asker, Known> members = Recent.atMost(MOST_OWN);
    private final Map<Owner, Own> places = Recent.atMost(MOST_OWN);

    Boards(
            BoardRepository repository,
            SettingRepository settings,
            SharedBoards shared,
            Transactions transactions,
            Clock clock) {
        this.repository = repository;
        this.settings = settings;
        this.shared = shared;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Kept(Uni<Optional<Board>> board, long nanos) {}

    private record Asker(UUID affiliateId, @Nullable UUID programId) {}

    private record Known(SettingRepository.Member member, long nanos) {}

    private record Owner(BoardKey key, UUID affiliateId) {}

    private record Own(OwnPlace place, long generation, long nanos) {}

    /** Of which program somebody speaks; 404 where they are in none such or it has no leaderboard, 400 where in several. */
    Uni<SettingRepository.Member> member(UUID affiliateId, @Nullable UUID programId) {
        Asker asker = new Asker(affiliateId, programId);
        long now = System.nanoTime();
        Known known = members.get(asker);
        if (known != null && now - known.nanos < MEMBER_NANOS)
            return Uni.createFrom().item(known.member).invoke(Boards::refuseDisabled);
        return transactions
                .read(c -> settings.member(c, affiliateId, Optional.ofNullable(programId)))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Enrollment")))
                .invoke(found -> {
                    if (found.programs() > 1)
                        throw Problem.field(
                                "programId", "required", "programId is needed by those who are in several programs");
                    members.put(asker, new Known(found, now));
                })
                .invoke(Boards::refuseDisabled);
    }

    private static void refuseDisabled(SettingRepository.Member member) {
        if (!member.enabled())
            throw new Problem(ProblemKind.LEADERBOARD_DISABLED, "This program does not show who ranks where");
    }

    /** One ranking; empty before it was computed for the first time. */
    Uni<Optional<Board>> board(BoardKey key) {
        if (boards.size() >= MOST_BOARDS) boards.clear();
        long now = System.nanoTime();
        Kept kept = boards.compute(
                key, (same, old) -> old != null && now - old.nanos < FRESH_NANOS ? old : new Kept(load(key), now));
        return kept.board.emitOn(CallerContext.current());
    }

    private Uni<Optional<Board>> load(BoardKey key) {
        return shared.find(key)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(found)
                        : transactions.read(c -> repository.find(c, key)))
                .onFailure()
                .invoke(() -> boards.remove(key))
                .memoize()
                .indefinitely();
    }

    /** Somebody's own place in a ranking, or what they need to get one. */
    Uni<OwnPlace> own(SettingRepository.Member member, BoardKey key, Optional<Board> board) {
        Owner owner = new Owner(key, member.affiliateId());
        long generation = board.map(Board::generation).orElse(0L);
        long now = System.nanoTime();
        Own known = places.get(owner);
        if (known != null
                && known.generation == generation
                && (known.place.place() != null || now - known.nanos < PLACELESS_NANOS))
            return Uni.createFrom().item(known.place);
        return look(member, key, board).invoke(found -> places.put(owner, new Own(found, generation, now)));
    }

    private Uni<OwnPlace> look(SettingRepository.Member member, BoardKey key, Optional<Board> board) {
        if (board.isEmpty()) return Uni.createFrom().item(OwnPlace.without(member, null, null));
        return shared.place(board.get(), member.affiliateId())
                .emitOn(CallerContext.current())
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(OwnPlace.at(found.get()))
                        : stored(member, key, board.get()));
    }

    private Uni<OwnPlace> stored(SettingRepository.Member member, BoardKey key, Board board) {
        return transactions.read(
                c -> repository.place(c, key, member.affiliateId()).chain(found -> {
                    if (found.isPresent()) return Uni.createFrom().item(OwnPlace.at(found.get()));
                    return repository.last(c, key).chain(last -> {
                        if (key.metric() != Metric.CONVERSION_RATE)
                            return Uni.createFrom().item(OwnPlace.without(member, last.orElse(null), null));
                        return repository
                                .clicks(c, key.programId(), member.affiliateId(), board.days())
                                .map(clicks ->
                                        OwnPlace.without(member, last.orElse(null), board.minimumClicks() - clicks));
                    });
                }));
    }

    /** The days of a ranking that was not computed yet. */
    Span.Days days(SettingRepository.Member member, Span span) {
        return span.days(ZoneId.of(member.timeZone()), clock.instant());
    }
}
