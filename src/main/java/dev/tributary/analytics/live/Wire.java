package dev.tributary.analytics.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** The connection of one stream. */
interface Wire {
    /** Runs the work on the connection's event loop, after what was given to it before. */
    void run(Runnable work);

    /** Done when the bytes are with the operating system: not before a reader who stands still has made room for them. */
    Future<Void> write(Buffer bytes);

    /** Closes after some last bytes. */
    void end(Buffer last);

    /** Closes at once. */
    void cut();

    /** That of an HTTP answer. */
    record Http(HttpServerResponse response, Context loop) implements Wire {
        @Override
        public void run(Runnable work) {
            loop.runOnContext(run -> work.run());
        }

        @Override
        public Future<Void> write(Buffer bytes) {
            return response.closed() ? Future.failedFuture("The client is gone") : response.write(bytes);
        }

        @Override
        public void end(Buffer last) {
            if (!response.ended() && !response.closed()) response.end(last);
        }

        @Override
        public void cut() {
            response.reset();
        }
    }
}
