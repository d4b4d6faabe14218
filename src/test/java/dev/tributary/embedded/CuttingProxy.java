package dev.tributary.embedded;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A way to a server on this machine that can be cut: after so many pieces of any connection, in either direction, all connections
 * end at once, as if the process at the one end had died. Whether the last piece still arrives decides whether a commit that was
 * asked for was heard.
 */
public final class CuttingProxy implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final NetServer server;
    private final List<NetSocket> open = new ArrayList<>();
    private long passed;
    private long cutAt = Long.MAX_VALUE;
    private boolean lastArrives;
    private int cuts;

    public CuttingProxy(int target) {
        try {
            server = vertx.createNetServer()
                    .connectHandler(from -> connect(from, target))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return server.actualPort();
    }

    /** After so many more pieces everything is cut, once. */
    public synchronized void cutAfter(int pieces, boolean lastArrives) {
        cutAt = passed + pieces;
        this.lastArrives = lastArrives;
    }

    /** Nothing is cut that is not cut yet. */
    public synchronized void spare() {
        cutAt = Long.MAX_VALUE;
    }

    public synchronized int cuts() {
        return cuts;
    }

    private void connect(NetSocket from, int target) {
        from.pause();
        client.connect(target, "127.0.0.1").onComplete(done -> {
            if (done.failed()) {
                from.close();
                return;
            }
            NetSocket to = done.result();
            pass(from, to);
            pass(to, from);
            from.resume();
        });
    }

    private void pass(NetSocket from, NetSocket to) {
        synchronized (this) {
            open.add(from);
        }
        from.handler(piece -> pass(piece, to));
        from.exceptionHandler(failure -> from.close());
        from.closeHandler(closed -> {
            synchronized (this) {
                open.remove(from);
            }
            to.close();
        });
    }

    private void pass(Buffer piece, NetSocket to) {
        List<NetSocket> cut;
        synchronized (this) {
            passed++;
            if (passed < cutAt) {
                to.write(piece);
                return;
            }
            cutAt = Long.MAX_VALUE;
            cuts++;
            cut = List.copyOf(open);
        }
        if (lastArrives) to.write(piece).onComplete(written -> cut.forEach(NetSocket::close));
        else cut.forEach(NetSocket::close);
    }

    @Override
    public void close() {
        vertx.close();
    }
}
