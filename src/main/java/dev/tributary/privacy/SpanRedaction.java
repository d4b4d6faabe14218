package dev.tributary.privacy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/** Blanks what the framework puts into spans about the person behind a request: addresses, queries, user agents. */
@Singleton
final class SpanRedaction implements SpanProcessor {
    static final String BLANK = "[redacted]";

    /** Of the OpenTelemetry HTTP conventions, in their present and former names. */
    private static final List<AttributeKey<String>> PERSONAL = List.of(
            AttributeKey.stringKey("client.address"),
            AttributeKey.stringKey("network.peer.address"),
            AttributeKey.stringKey("url.query"),
            AttributeKey.stringKey("url.full"),
            AttributeKey.stringKey("user_agent.original"),
            AttributeKey.stringKey("enduser.id"),
            AttributeKey.stringKey("http.client_ip"),
            AttributeKey.stringKey("http.target"),
            AttributeKey.stringKey("http.url"),
            AttributeKey.stringKey("http.user_agent"),
            AttributeKey.stringKey("net.sock.peer.addr"));

    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (AttributeKey<String> key : PERSONAL) {
            if (span.getAttribute(key) != null) span.setAttribute(key, BLANK);
        }
        String path = span.getAttribute(PATH);
        if (path != null) span.setAttribute(PATH, PathLabels.of(path));
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // Nothing personal is added later: the framework adds status and route only.
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
