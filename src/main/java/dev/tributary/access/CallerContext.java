package dev.tributary.access;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** Where the caller runs, for answers that arrive elsewhere: a request must not go on in the context of another. */
public final class CallerContext {
    private CallerContext() {}

    public static Executor current() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : work -> context.runOnContext(run -> work.run());
    }
}
