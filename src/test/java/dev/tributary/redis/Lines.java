package dev.tributary.redis;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import java.time.Duration;

/** Lines to a Redis of the test's choice. */
public final class Lines {
    private Lines() {}

    public static RedisLine to(Vertx vertx, String url, Duration deadline) {
        return new RedisLine(Redis.createClient(vertx, url), deadline);
    }
}
