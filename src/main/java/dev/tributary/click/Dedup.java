package dev.tributary.click;

import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells which clicks repeat an earlier one of the same visitor on the same link. It flags, it never drops.
 *
 * <p>In one pipeline: {@code SET key id NX PX ttl} for each click in id order, then one {@code MGET} of the keys, because Redis
 * 6.2 refuses {@code NX} together with {@code GET}. The first id set stays, so asking at the end finds what asking in between
 * would, at two thirds of the commands. Another id that answers makes a duplicate where 0 <= mine - theirs < window, both
 * times read from the ids; a window or more later the key is overwritten. Landing time never matters, so a drained backlog
 * flags nobody wrongly, and a click landed twice finds its own id. Without an answer in time all are {@code unverified}, and
 * Redis is left alone for a moment.
 */
@ApplicationScoped
class Dedup {
    private static final Logger LOG = Logger.getLogger(Dedup.class);
    private static final String PREFIX = "clk:";
    /** Clicks asked about at once: what Redis answers within the time limit also on a busy machine. */
    private static final int PIPELINE = 1_000;

    private static final Duration REST = Duration.ofMillis(500);
    /** Clocks of instances may differ by a little; beyond the window a key may go. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final Redis redis;
    private final long windowMillis;
    private final String ttl;
    private final Duration timeout;
    private long restUntil;
    private boolean resting;

    Dedup(Redis redis, ClickConfig config) {
        this.redis = redis;
        windowMillis = config.dedupWindow().toMillis();
        ttl = Long.toString(config.dedupWindow().plus(MARGIN).toMillis());
        timeout = config.dedupTimeout();
    }

    /** One verdict a click, in the order given, which must be that of ids. Waits at most the configured time for each pipeline. */
    LandedClick.Visit[] verdicts(List<LandedClick> clicks) {
        LandedClick.Visit[] verdicts = new LandedClick.Visit[clicks.size()];
        for (int from = 0; from < clicks.size(); from += PIPELINE) {
            List<LandedClick> part = clicks.subList(from, Math.min(from + PIPELINE, clicks.size()));
            System.arraycopy(verdictsOf(part), 0, verdicts, from, part.size());
        }
        return verdicts;
    }

    private LandedClick.Visit[] verdictsOf(List<LandedClick> clicks) {
        LandedClick.Visit[] verdicts = new LandedClick.Visit[clicks.size()];
        Arrays.fill(verdicts, LandedClick.Visit.NONE);
        List<Integer> asked = new ArrayList<>();
        List<Request> pipeline = new ArrayList<>();
        Request read = Request.cmd(Command.MGET);
        for (int i = 0; i < clicks.size(); i++) {
            LandedClick click = clicks.get(i);
            if (click.traffic() != LandedClick.Traffic.HUMAN) continue;
            String key = click.visitorKey();
            verdicts[i] = LandedClick.Visit.UNVERIFIED;
            if (key == null) continue;
            String id = TypeId.CLICK.format(click.click().id());
            pipeline.add(set(key, id).arg("NX"));
            read.arg(PREFIX + key);
            String given = click.givenKey();
            if (given != null) pipeline.add(set(given, id).arg("NX"));
            asked.add(i);
        }
        if (asked.isEmpty()) return verdicts;
        pipeline.add(read);
        List<Response> answers = ask(pipeline);
        if (answers != null) judge(clicks, verdicts, asked, answers.get(answers.size() - 1));
        return verdicts;
    }

    private Request set(String key, String id) {
        return Request.cmd(Command.SET).arg(PREFIX + key).arg(id).arg("PX").arg(ttl);
    }

    private @Nullable List<Response> ask(List<Request> pipeline) {
        if (resting && System.nanoTime() - restUntil < 0) return null;
        resting = false;
        try {
            return redis.batch(pipeline).await().atMost(timeout);
        } catch (RuntimeException e) {
            LOG.debugf("Redis did not answer: %s", e.getMessage());
            resting = true;
            restUntil = System.nanoTime() + REST.toNanos();
            return null;
        }
    }

    private void judge(List<LandedClick> clicks, LandedClick.Visit[] verdicts, List<Integer> asked, Response found) {
        List<Request> overwrite = new ArrayList<>();
        for (int at = 0; at < asked.size(); at++) {
            int i = asked.get(at);
            LandedClick click = clicks.get(i);
            Response first = found.get(at);
            UUID mine = click.click().id();
            UUID theirs =
                    first == null ? null : TypeId.CLICK.parse(first.toString()).orElse(null);
            if (theirs == null) continue;
            long later = Ids.millisOf(mine) - Ids.millisOf(theirs);
            boolean duplicate = !theirs.equals(mine) && later >= 0 && later < windowMillis;
            verdicts[i] = duplicate ? LandedClick.Visit.DUPLICATE : LandedClick.Visit.UNIQUE;
            if (later >= windowMillis)
                overwrite.add(set(String.valueOf(click.visitorKey()), TypeId.CLICK.format(mine)));
        }
        if (!overwrite.isEmpty()) ask(overwrite);
    }
}
