package dev.tributary.access;

import dev.tributary.redis.RedisLine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * So many requests in a window for each subject, counted in Redis for all instances together.
 *
 * <p>A window begins with a subject's first request and ends after its length; then the whole limit is there again. One
 * script reads, decides and counts, so that of any number of requests at once exactly the limit pass, and refused ones
 * count for nothing. Time is Redis's own. Without an answer in time each instance counts by itself, from what it last
 * knew: never more than the limit an instance, and no request fails because Redis is away.
 */
@ApplicationScoped
public class RateLimits {
    private static final String SCRIPT =
            """
            local used = tonumber(redis.call('GET', KEYS[1]) or '0')
            local limit = tonumber(ARGV[1])
            local ends = redis.call('PTTL', KEYS[1])
            if ends < 0 then
              used = 0
              ends = tonumber(ARGV[2])
            end
            if used >= limit then return {0, used, ends} end
            redis.call('SET', KEYS[1], used + 1, 'PX', math.max(ends, 1))
            return {1, used + 1, ends}
            """;
    private static final String SHA = sha1(SCRIPT);
    private static final String PREFIX = "limit:";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    /** Of a subject, which is an id or a network. */
    private static final int SUBJECT_LENGTH = 200;

    /** How much of what is allowed to each subject. */
    record Policy(String name, int limit, Duration window) {
        Policy {
            if (!NAME.matcher(name).matches()) throw new IllegalArgumentException("Not a policy's name: " + name);
            if (limit < 1 || limit > 1_000_000) throw new IllegalArgumentException("Not a limit: " + limit);
            if (window.toSeconds() < 1 || window.compareTo(Duration.ofDays(1)) > 0)
                throw new IllegalArgumentException("A window is a second to a day, not " + window);
        }

        String key(String subject) {
            return PREFIX + name + ":" + window.toSeconds() + ":" + subject;
        }
    }

    private final RedisLine redis;
    private final LocalLimits local = new LocalLimits();
    private final Counter refused;
    private final Counter alone;

    RateLimits(RedisLine redis, MeterRegistry metrics) {
        this.redis = redis;
        refused = metrics.counter("tributary.access.rate.refused");
        alone = metrics.counter("tributary.access.rate.local");
    }

    /**
     * Takes one of the subject's limit, if one is left; never fails.
     *
     * @param policy lower-case letters, digits and hyphens; shown in headers
     * @param subject whom it is counted for: an id or a network, nothing that names a person
     */
    public Uni<RateLimit> take(String policy, String subject, int limit, Duration window) {
        Policy rule = new Policy(policy, limit, window);
        if (subject.length() > SUBJECT_LENGTH) throw new IllegalArgumentException("A subject is an id or a network");
        String key = rule.key(subject);
        return ask(rule, key)
                .map(answer -> counted(rule, key, answer))
                .onFailure()
                .recoverWithItem(() -> alone(rule, key))
                .invoke(told -> {
                    if (!told.allowed()) refused.increment();
                })
                .emitOn(CallerContext.current());
    }

    private Uni<Response> ask(Policy policy, String key) {
        return redis.send(request(Command.EVALSHA, SHA, policy, key))
                .onFailure(RedisLine::noScript)
                .recoverWithUni(() -> redis.send(request(Command.EVAL, SCRIPT, policy, key)));
    }

    private static Request request(Command command, String script, Policy policy, String key) {
        return Request.cmd(command)
                .arg(script)
                .arg(1)
                .arg(key)
                .arg(policy.limit())
                .arg(policy.window().toMillis());
    }

    private RateLimit counted(Policy policy, String key, Response answer) {
        long used = answer.get(1).toLong();
        long endsInMillis = answer.get(2).toLong();
        local.learn(key, used, endsInMillis, System.nanoTime());
        return RateLimit.of(policy, answer.get(0).toInteger() == 1, used, endsInMillis);
    }

    private RateLimit alone(Policy policy, String key) {
        alone.increment();
        return local.take(policy, key, System.nanoTime());
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1", e);
        }
    }
}
