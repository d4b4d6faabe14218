package dev.tributary.click;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/**
 * A request body of limited size and time, read on the event loop.
 *
 * <p>Of a body that is too large the rest is read and thrown away up to {@link #DRAINED}, so that the sender gets to read
 * the answer; one that is larger still is answered and loses its connection, one slower than {@link #MILLIS} loses it at
 * once.
 */
final class BoundedBody {
    /** A phone on a poor line sends eight kilobytes in far less. */
    private static final long MILLIS = 10_000;

    private static final int DRAINED = 1 << 20;

    private final HttpServerRequest request;
    private final int limit;
    private final Consumer<Buffer> whole;
    private final Runnable tooLarge;
    private final Buffer body = Buffer.buffer();
    private int received;

    private BoundedBody(HttpServerRequest request, int limit, Consumer<Buffer> whole, Runnable tooLarge) {
        this.request = request;
        this.limit = limit;
        this.whole = whole;
        this.tooLarge = tooLarge;
    }

    /** Calls one of the two, at most once. */
    static void read(RoutingContext context, int limit, Consumer<Buffer> whole, Runnable tooLarge) {
        BoundedBody reading = new BoundedBody(context.request(), limit, whole, tooLarge);
        long timer = context.vertx().setTimer(MILLIS, late -> reading.hangUp());
        reading.request
                .exceptionHandler(gone -> context.vertx().cancelTimer(timer))
                .handler(reading::take)
                .endHandler(end -> {
                    context.vertx().cancelTimer(timer);
                    reading.end();
                });
    }

    private void take(Buffer part) {
        if (received > DRAINED) return;
        received += part.length();
        if (received <= limit) {
            body.appendBuffer(part);
        } else if (received > DRAINED) {
            tooLarge.run();
            hangUp();
        }
    }

    private void end() {
        if (received <= limit) whole.accept(body);
        else if (received <= DRAINED) tooLarge.run();
    }

    private void hangUp() {
        request.connection().close();
    }
}
