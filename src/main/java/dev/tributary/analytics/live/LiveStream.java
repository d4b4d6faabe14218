package dev.tributary.analytics.live;

import dev.tributary.id.TypeId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One open stream: what waits for its reader, and how far it is.
 *
 * <p>A reader that is too slow loses what waits, and gets a snapshot once it reads again; so a stream holds a few kilobytes at
 * most, whatever its reader does. Written to on the event loop of its connection, one write at a time.
 */
final class LiveStream {
    /** Batches of news, of some 600 bytes mostly; more than one who reads ever has. */
    static final int MOST_WAITING = 64;

    private final Watched watched;
    private final Holder holder;
    private final String affiliate;
    private final String program;
    private final Wire wire;
    private final Runnable onGap;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(4);
    private @Nullable Position since;
    private volatile Instant until = Instant.MAX;
    /** Whether it waits for a snapshot, and is told nothing else until then. */
    private boolean fresh = true;

    private boolean writing;
    private boolean behind;
    private boolean ended;

    /**
     * @param since from where it goes on, where its client came back
     * @param onGap called when its reader, who was too slow, reads again
     */
    LiveStream(Watched watched, Holder holder, @Nullable Position since, Wire wire, Consumer<LiveStream> onGap) {
        this.watched = watched;
        this.holder = holder;
        this.since = since;
        this.wire = wire;
        this.onGap = () -> onGap.accept(this);
        affiliate = TypeId.AFFILIATE.format(watched.affiliateId());
        program = TypeId.PROGRAM.format(watched.programId());
    }

    Watched watched() {
        return watched;
    }

    Holder holder() {
        return holder;
    }

    String affiliate() {
        return affiliate;
    }

    String program() {
        return program;
    }

    /** From where it goes on; null once it has been shown anything. */
    synchronized @Nullable Position since() {
        return since;
    }

    synchronized boolean isFresh() {
        return fresh && !ended;
    }

    /** Whether its day, week or month is over. */
    boolean isOver(Instant now) {
        return !until.isAfter(now);
    }

    /** It is shown a snapshot next; answers whether that is new. */
    synchronized boolean refresh() {
        if (ended || fresh) return false;
        fresh = true;
        return true;
    }

    /** What it waited for: events that it missed, and a snapshot. */
    synchronized void show(byte[] frames, Instant periodEnds) {
        since = null;
        fresh = false;
        until = periodEnds;
        offer(frames);
    }

    /** News; none while it waits for a snapshot, which will tell of them. */
    synchronized void tell(byte[] frames) {
        if (!fresh) offer(frames);
    }

    synchronized void beat() {
        offer(Frames.HEARTBEAT);
    }

    private void offer(byte[] frame) {
        if (ended || behind) return;
        if (waiting.size() >= MOST_WAITING) {
            waiting.clear();
            behind = true;
            return;
        }
        waiting.add(frame);
        if (writing) return;
        writing = true;
        wire.run(this::write);
    }

    private void write() {
        Buffer all = Buffer.buffer();
        synchronized (this) {
            if (ended) return;
            for (byte[] frame : waiting) all.appendBytes(frame);
            waiting.clear();
        }
        wire.write(all).onComplete(done -> written(done.succeeded()));
    }

    private void written(boolean well) {
        boolean gap;
        boolean more;
        synchronized (this) {
            gap = well && behind && !ended;
            if (gap) {
                behind = false;
                fresh = true;
            }
            more = well && !waiting.isEmpty() && !ended;
            writing = more;
        }
        if (more) write();
        if (gap) onGap.run();
    }

    /** Nothing is written any more: the client is gone. */
    synchronized void gone() {
        ended = true;
        waiting.clear();
    }

    /** Says a last word and closes; one whose reader stands still is cut off. */
    void end(byte[] last) {
        boolean stuck;
        synchronized (this) {
            if (ended) return;
            ended = true;
            stuck = behind;
            waiting.clear();
        }
        wire.run(() -> {
            if (stuck) wire.cut();
            else wire.end(Buffer.buffer(last));
        });
    }
}
