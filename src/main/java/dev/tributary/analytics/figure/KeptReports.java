package dev.tributary.analytics.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.redis.RedisLine;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rankings that some instance has computed lately, in Redis for all of them: a ranking reads a row an affiliate, and nothing
 * of it is worth more than a minute's truth. Redis that is away costs nothing but its help.
 */
@ApplicationScoped
class RankingCache {
    /** The form of what is kept is part of its name, so that two releases beside each other do not misread each other. */
    private static final String PREFIX = "report:1:";

    private static final Duration KEPT = Duration.ofSeconds(60);
    /** A thousand rows are some 500 kB; what is longer would crowd out what Redis is for. */
    private static final int MOST_CHARACTERS = 1_000_000;

    private final RedisLine redis;
    private final ObjectMapper json;

    RankingCache(RedisLine redis, ObjectMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /** What is kept under the name, else what is computed, which is then kept. Fails only as the computing does. */
    <T> Uni<T> get(String name, Class<T> type, Supplier<Uni<T>> compute) {
        return redis.send(Request.cmd(Command.GET).arg(PREFIX + name))
                .map(answer -> read(answer, type))
                .onFailure()
                .recoverWithItem(Optional.empty())
                .chain(kept -> kept.isPresent()
                        ? Uni.createFrom().item(kept.get())
                        : compute.get().call(computed -> put(name, computed)));
    }

    private <T> Optional<T> read(@Nullable Response answer, Class<T> type) {
        if (answer == null) return Optional.empty();
        try {
            return Optional.of(json.readValue(answer.toString(), type));
        } catch (JsonProcessingException notOurs) {
            return Optional.empty();
        }
    }

    private <T> Uni<Void> put(String name, T computed) {
        String text = write(computed);
        if (text.length() > MOST_CHARACTERS) return Uni.createFrom().voidItem();
        Request set =
                Request.cmd(Command.SET).arg(PREFIX + name).arg(text).arg("PX").arg(KEPT.toMillis());
        return redis.send(set).replaceWithVoid().onFailure().recoverWithNull();
    }

    private <T> String write(T computed) {
        try {
            return json.writeValueAsString(computed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
