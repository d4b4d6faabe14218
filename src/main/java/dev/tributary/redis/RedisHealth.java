package dev.tributary.redis;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.HealthGroup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Tells operators whether Redis answers. It is no part of readiness: without it clicks are only not told unique. */
@HealthGroup("stores")
@ApplicationScoped
class RedisHealth implements AsyncHealthCheck {
    private static final String NAME = "redis";
    /** Ten times what a batch of clicks may wait for it. */
    private static final Duration DEADLINE = Duration.ofMillis(500);

    private final Redis redis;

    RedisHealth(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return redis.send(Request.cmd(Command.PING))
                .ifNoItem()
                .after(DEADLINE)
                .fail()
                .map(answer -> HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(away -> HealthCheckResponse.down(NAME));
    }
}
