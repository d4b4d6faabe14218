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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Rankings as they are read: in memory for a second, then in Redis, then in PostgreSQL. Somebody's place is remembered
 * as long as its ranking does not change, so that most readings ask nobody.
 */
@ApplicationScoped
class Boards {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    /** A program that switches its leaderboard off is noticed so late. */
    private static final long PROGRAM_NANOS = Duration.ofSeconds(10).toNanos();
    /** Who leaves a program is noticed so late; for the places of others it counts in the next computation. */
    private static final long MEMBER_NANOS = Duration.ofMinutes(1).toNanos();
    /** Of those without a place: they see their clicks grow. */
    private static final long PLACELESS_NANOS = Duration.ofMinutes(1).toNanos();
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
    private final Map<UUID, Switch> switches = Recent.atMost(MOST_BOARDS);
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

    /** @param found what it came to, as soon as that is known: such readers need not change threads */
    private record Kept(Uni<Optional<Board>> board, AtomicReference<@Nullable Optional<Board>> found, long nanos) {}

    private record Asker(UUID affiliateId, @Nullable UUID programId) {}

    private record Known(SettingRepository.Member member, long nanos) {}

    private record Switch(boolean enabled, long nanos) {}

    private record Owner(BoardKey key, UUID affiliateId) {}

    private record Own(OwnPlace place, long generation, long nanos) {}

    /**
     * Of which program somebody speaks; 404 where they are in none such or it has no leaderboard, 400 where in several.
     */
    Uni<SettingRepository.Member> member(UUID affiliateId, @Nullable UUID programId) {
        Asker asker = new Asker(affiliateId, programId);
        long now = System.nanoTime();
        Known known = members.get(asker);
        if (known != null && now - known.nanos < MEMBER_NANOS)
            return enabled(known.member.programId()).map(enabled -> allowed(known.member, enabled));
        return transactions
                .read(c -> settings.member(c, affiliateId, Optional.ofNullable(programId)))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Enrollment")))
                .invoke(found -> {
                    if (found.programs() > 1)
                        throw Problem.field(
                                "programId", "required", "programId is needed by those who are in several programs");
                    members.put(asker, new Known(found, now));
                    switches.put(found.programId(), new Switch(found.enabled(), now));
                })
                .map(found -> allowed(found, found.enabled()));
    }

    private Uni<Boolean> enabled(UUID programId) {
        long now = System.nanoTime();
        Switch known = switches.get(programId);
        if (known != null && now - known.nanos < PROGRAM_NANOS)
            return Uni.createFrom().item(known.enabled);
        return transactions
                .read(c -> settings.find(c, programId))
                .map(setting -> setting.map(Setting::enabled).orElse(false))
                .invoke(enabled -> switches.put(programId, new Switch(enabled, now)));
    }

    private static SettingRepository.Member allowed(SettingRepository.Member member, boolean enabled) {
        if (!enabled) throw new Problem(ProblemKind.LEADERBOARD_DISABLED, "This program does not show who ranks where");
        return member;
    }

    /** One ranking; empty before it was computed for the first time. */
    Uni<Optional<Board>> board(BoardKey key) {
        if (boards.size() >= MOST_BOARDS) boards.clear();
        long now = System.nanoTime();
        Kept kept = boards.compute(
                key, (same, old) -> old != null && now - old.nanos < FRESH_NANOS ? old : begin(key, now));
        Optional<Board> found = kept.found.get();
        return found != null ? Uni.createFrom().item(found) : kept.board.emitOn(CallerContext.current());
    }

    private Kept begin(BoardKey key, long now) {
        AtomicReference<@Nullable Optional<Board>> found = new AtomicReference<>();
        return new Kept(load(key).invoke(found::set).memoize().indefinitely(), found, now);
    }

    private Uni<Optional<Board>> load(BoardKey key) {
        return shared.find(key)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(found)
                        : transactions.read(c -> repository.find(c, key)))
                .onFailure()
                .invoke(() -> boards.remove(key));
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
        return look(member, board).invoke(found -> places.put(owner, new Own(found, generation, now)));
    }

    private Uni<OwnPlace> look(SettingRepository.Member member, Optional<Board> board) {
        if (board.isEmpty()) return Uni.createFrom().item(OwnPlace.without(member, null, null));
        return shared.place(board.get(), member.affiliateId())
                .emitOn(CallerContext.current())
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(OwnPlace.at(found.get()))
                        : stored(member, board.get()));
    }

    private Uni<OwnPlace> stored(SettingRepository.Member member, Board board) {
        return transactions
                .read(c -> repository.place(c, board, member.affiliateId()))
                .map(found -> {
                    Place place = found.place();
                    if (place != null) return OwnPlace.at(place);
                    Long clicks = found.clicks();
                    return OwnPlace.without(
                            member, board.last(), clicks == null ? null : board.minimumClicks() - clicks);
                });
    }

    /** The days of a ranking that was not computed yet. */
    Span.Days days(SettingRepository.Member member, Span span) {
        return span.days(ZoneId.of(member.timeZone()), clock.instant());
    }
}
