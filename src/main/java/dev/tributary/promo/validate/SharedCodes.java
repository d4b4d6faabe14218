package dev.tributary.promo.validate;

import dev.tributary.promo.Discount;
import dev.tributary.promo.DiscountCode;
import dev.tributary.promo.PromoConfig;
import dev.tributary.promo.Terms;
import dev.tributary.redis.RedisLine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Codes that some instance has looked up lately, in Redis for all of them. What is there is fresh for a moment only, and
 * stays longer for the time when PostgreSQL is away. Redis that is away costs nothing but its help.
 */
@ApplicationScoped
class SharedCodes {
    private static final String PREFIX = "promo:code:";
    /** How long it helps while PostgreSQL is away. */
    private static final Duration KEPT = Duration.ofHours(1);
    /** Keys of one command. */
    private static final int TOGETHER = 500;

    private final RedisLine redis;
    private final PromoConfig config;
    private final Clock clock;

    SharedCodes(RedisLine redis, PromoConfig config, Clock clock) {
        this.redis = redis;
        this.config = config;
        this.clock = clock;
    }

    /** A code as it was read at some time; {@code fresh} while nobody need look again. */
    record Shared(KnownCode code, boolean fresh) {}

    /** Never fails. */
    Uni<Optional<Shared>> find(String key) {
        return redis.send(Request.cmd(Command.GET).arg(PREFIX + key))
                .map(answer -> read(key, answer))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private Optional<Shared> read(String key, @Nullable Response answer) {
        if (answer == null) return Optional.empty();
        try {
            JsonObject json = new JsonObject(answer.toString());
            Instant at = Instant.ofEpochMilli(json.getLong("at"));
            boolean fresh = at.plus(config.sharedFor()).isAfter(clock.instant());
            return Optional.of(new Shared(code(key, json), fresh));
        } catch (DecodeException | ClassCastException | NullPointerException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** Never fails. */
    Uni<Void> put(KnownCode code) {
        Request set = Request.cmd(Command.SET)
                .arg(PREFIX + code.key())
                .arg(json(code).encode())
                .arg("PX")
                .arg(KEPT.toMillis());
        return redis.send(set).replaceWithVoid().onFailure().recoverWithNull();
    }

    /** What changed must not be told as it was. Never fails. */
    Uni<Void> forget(List<String> keys) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (int from = 0; from < keys.size(); from += TOGETHER) {
            Request delete = Request.cmd(Command.UNLINK);
            keys.subList(from, Math.min(keys.size(), from + TOGETHER)).forEach(key -> delete.arg(PREFIX + key));
            all = all.chain(() -> redis.send(delete)).replaceWithVoid();
        }
        return all.onFailure().recoverWithNull();
    }

    private JsonObject json(KnownCode code) {
        Terms terms = code.card().terms();
        Discount discount = terms.discount();
        return new JsonObject()
                .put("at", clock.millis())
                .put("id", code.id().toString())
                .put("code", code.code())
                .put("open", code.open())
                .put("version", code.version())
                .put("program", terms.programId().toString())
                .put("type", discount.type().word())
                .put("value", discount.value())
                .put("currency", discount.currency())
                .put("span", discount.span().word())
                .put("months", discount.months())
                .put("minimumPlan", terms.scope().minimumPlan())
                .put("plans", new JsonArray(terms.scope().plans()))
                .put("products", new JsonArray(terms.scope().products()))
                .put("stackable", terms.stackable())
                .put("perCustomer", terms.usesPerCustomer())
                .put("startsAt", text(terms.startsAt()))
                .put("expiresAt", text(terms.expiresAt()));
    }

    private static KnownCode code(String key, JsonObject json) {
        Terms terms = new Terms(
                UUID.fromString(json.getString("program")),
                new Discount(
                        Discount.Type.of(json.getString("type")),
                        json.getLong("value"),
                        json.getString("currency"),
                        Discount.Span.of(json.getString("span")),
                        json.getInteger("months")),
                new DiscountCode.Scope(
                        json.getString("minimumPlan"),
                        words(json.getJsonArray("plans")),
                        words(json.getJsonArray("products"))),
                json.getBoolean("stackable"),
                json.getInteger("perCustomer"),
                moment(json.getString("startsAt")),
                moment(json.getString("expiresAt")));
        return new KnownCode(
                UUID.fromString(json.getString("id")),
                key,
                json.getString("code"),
                Card.of(terms),
                json.getBoolean("open"),
                json.getLong("version"));
    }

    private static List<String> words(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }

    private static @Nullable Instant moment(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
