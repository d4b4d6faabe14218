package dev.tributary.analytics.leaderboard;

import dev.tributary.id.TypeId;
import dev.tributary.redis.RedisLine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Rankings in Redis, for all instances: one value for the head of each with its first hundred, and one hash for the places of
 * its first thousands. The hash has the generation in its name and is whole before the head names it, so that a reader sees one
 * ranking and never parts of two. Everything goes by itself after a while: Redis that is away, or empty, costs nothing but
 * its help, and what it says is never older than that.
 */
@ApplicationScoped
class SharedBoards {
    private static final Logger LOG = Logger.getLogger(SharedBoards.class);
    /** Some 80 bytes each, so 8 MB for the nine rankings of a program; places further down are read from PostgreSQL. */
    static final int MOST_PLACES = 10_000;
    /** Three runs of the job. */
    static final Duration KEPT = Duration.ofMinutes(15);
    /** Readers who hold the head before look a place up within its second. */
    private static final Duration OLD_KEPT = Duration.ofSeconds(30);
    /** Places of one command: some milliseconds, well within a command's deadline. */
    private static final int TOGETHER = 500;

    private final RedisLine redis;

    SharedBoards(RedisLine redis) {
        this.redis = redis;
    }

    private static String head(BoardKey key) {
        return "leaderboard:{%s:%s:%s}"
                .formatted(
                        TypeId.PROGRAM.format(key.programId()),
                        key.span().word(),
                        key.metric().word());
    }

    private static String places(BoardKey key, long generation) {
        return head(key) + ":" + generation;
    }

    /** Empty where there is none, and where Redis is away. Never fails. */
    Uni<Optional<Board>> find(BoardKey key) {
        return redis.send(Request.cmd(Command.GET).arg(head(key)))
                .map(answer -> read(key, answer))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private static Optional<Board> read(BoardKey key, @Nullable Response answer) {
        if (answer == null) return Optional.empty();
        try {
            return Optional.of(Board.of(key, new JsonObject(answer.toString())));
        } catch (DecodeException | ClassCastException | NullPointerException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** Somebody's place, where it is among those that are kept. Never fails. */
    Uni<Optional<Place>> place(Board board, UUID affiliateId) {
        Request get = Request.cmd(Command.HGET)
                .arg(places(board.key(), board.generation()))
                .arg(affiliateId.toString());
        return redis.send(get)
                .map(answer ->
                        answer == null ? Optional.<Place>empty() : Optional.of(Place.unpacked(answer.toString())))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    /** Puts a ranking there, places first. Never fails: what is not there is read from PostgreSQL. */
    Uni<Void> put(Board board, List<BoardRepository.Placed> placed) {
        String hash = places(board.key(), board.generation());
        Uni<Void> filled = Uni.createFrom().voidItem();
        int most = Math.min(placed.size(), MOST_PLACES);
        for (int from = 0; from < most; from += TOGETHER) {
            Request set = Request.cmd(Command.HSET).arg(hash);
            placed.subList(from, Math.min(most, from + TOGETHER))
                    .forEach(each -> set.arg(each.affiliateId().toString())
                            .arg(each.place().packed()));
            filled = filled.chain(() -> redis.send(set)).replaceWithVoid();
        }
        return filled.chain(() -> expire(hash, KEPT))
                .chain(() -> setHead(board))
                .onFailure()
                .invoke(failure -> LOG.debugf("A leaderboard is not in Redis: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> setHead(Board board) {
        return redis.send(Request.cmd(Command.SET)
                        .arg(head(board.key()))
                        .arg(board.json().encode())
                        .arg("PX")
                        .arg(KEPT.toMillis()))
                .replaceWithVoid();
    }

    /** Keeps a ranking that did not change; false where its places are not there any more. Never fails. */
    Uni<Boolean> renew(Board board) {
        Request keep = Request.cmd(Command.PEXPIRE)
                .arg(places(board.key(), board.generation()))
                .arg(KEPT.toMillis());
        return redis.send(keep)
                .map(kept -> kept.toInteger() == 1)
                .call(kept -> kept ? setHead(board) : Uni.createFrom().voidItem())
                .onFailure()
                .recoverWithItem(false);
    }

    /** Lets the places of an earlier generation go. Never fails. */
    Uni<Void> retire(BoardKey key, long generation) {
        return expire(places(key, generation), OLD_KEPT).onFailure().recoverWithNull();
    }

    private Uni<Void> expire(String key, Duration after) {
        return redis.send(Request.cmd(Command.PEXPIRE).arg(key).arg(after.toMillis()))
                .replaceWithVoid();
    }

    /** What changed must not be shown as it was. Never fails; what cannot be removed goes within {@link #KEPT}. */
    Uni<Void> forget(List<BoardKey> keys) {
        if (keys.isEmpty()) return Uni.createFrom().voidItem();
        Request delete = Request.cmd(Command.UNLINK);
        keys.forEach(key -> delete.arg(head(key)));
        return redis.send(delete).replaceWithVoid().onFailure().recoverWithNull();
    }
}
