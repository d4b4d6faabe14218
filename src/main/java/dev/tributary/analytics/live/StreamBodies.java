package dev.tributary.analytics.live;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Begins a stream as the body of its answer, and leaves it open. The framework's own server-sent events answer 200 before they
 * ask for anything, so that nothing could be refused any more, write each event anew for every stream, and keep the whole
 * request in memory.
 */
@Provider
class StreamBodies implements ServerMessageBodyWriter<StreamBodies.Begun> {
    /** What is done once the answer may begin. */
    record Begun(Runnable begin) {}

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType media) {
        return type == Begun.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == Begun.class;
    }

    @Override
    public void writeResponse(Begun stream, Type generic, ServerRequestContext context) {
        stream.begin().run();
    }

    @Override
    public void writeTo(
            Begun stream,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out) {
        throw new IllegalStateException("A stream is not written as a whole");
    }
}
