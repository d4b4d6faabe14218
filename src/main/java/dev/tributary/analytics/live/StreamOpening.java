package dev.tributary.analytics.live;

import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a stream of a request. */
@ApplicationScoped
class StreamOpening {
    /** Seconds until whoever has too many streams may have closed one. */
    private static final String RETRY_AFTER = "30";

    private final CurrentVertxRequest current;
    private final LiveStreams streams;
    private final Counter gaps;

    StreamOpening(CurrentVertxRequest current, LiveStreams streams, MeterRegistry metrics) {
        this.current = current;
        this.streams = streams;
        gaps = metrics.counter("tributary.analytics.live.gaps");
    }

    /** The request that is being served, and the event loop of its connection. */
    record Request(RoutingContext http, io.vertx.core.Context loop) {}

    Request request() {
        // Without what belongs to this request alone, which would be kept as long as the stream.
        return new Request(
                current.getCurrent(), VertxContext.getRootContext(Objects.requireNonNull(Vertx.currentContext())));
    }

    /** The answer that begins it; 429 or 503 where there are too many. */
    Response open(Request request, Watched watched, Holder holder, @Nullable Position since) {
        HttpServerResponse response = request.http().response();
        if (request.http().request().method() == HttpMethod.HEAD)
            return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
        LiveStream stream = new LiveStream(watched, holder, since, new Wire.Http(response, request.loop()), this::gap);
        try {
            streams.add(stream);
        } catch (Problem refusal) {
            if (refusal.kind() == ProblemKind.RATE_LIMITED)
                request.http().addHeadersEndHandler(ready -> response.putHeader("Retry-After", RETRY_AFTER));
            throw refusal;
        }
        request.http().addEndHandler(ended -> streams.remove(stream));
        if (response.closed()) streams.remove(stream);
        return Response.ok(new StreamBodies.Begun(() -> begin(response, stream)))
                .type(MediaType.SERVER_SENT_EVENTS)
                // Asks proxies not to gather (nginx).
                .header("X-Accel-Buffering", "no")
                .build();
    }

    private void begin(HttpServerResponse response, LiveStream stream) {
        response.setChunked(true).write(Buffer.buffer(Frames.HEARTBEAT));
        streams.await(stream);
    }

    private void gap(LiveStream stream) {
        gaps.increment();
        streams.await(stream);
    }
}
