package dev.tributary.click;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /t.js}: the browser tracker, from memory, compressed once.
 *
 * <p>Browsers keep it for an hour and then ask with its ETag, so a release reaches every shop within the hour. The two
 * encodings have ETags of their own (RFC 9110, section 8.8.3.3).
 */
@ApplicationScoped
class TrackerRoute {
    private static final String RESOURCE = "/tracker/t.js";
    private static final String CACHING = "public, max-age=3600";

    private final Buffer plain;
    private final Buffer compressed;
    private final String etag;

    TrackerRoute() {
        byte[] script = read();
        plain = Buffer.buffer(script);
        compressed = Buffer.buffer(gzip(script));
        etag = digest(script);
    }

    void register(@Observes Router router) {
        router.route("/t.js").order(RedirectRoute.FIRST).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            Answers.methodNotAllowed(context, "GET, HEAD");
            return;
        }
        boolean gzip = acceptsGzip(request.getHeader("Accept-Encoding"));
        String tag = gzip ? "\"" + etag + "-gzip\"" : "\"" + etag + "\"";
        HttpServerResponse response = context.response()
                .putHeader("Cache-Control", CACHING)
                .putHeader("ETag", tag)
                .putHeader("Vary", "Accept-Encoding");
        if (matches(request.getHeader("If-None-Match"), tag)) {
            response.setStatusCode(304).end();
            return;
        }
        Buffer body = gzip ? compressed : plain;
        response.putHeader("Content-Type", "text/javascript; charset=utf-8")
                .putHeader("Content-Length", Integer.toString(body.length()))
                .putHeader("X-Content-Type-Options", "nosniff")
                // Shops may load it with crossorigin or under a Cross-Origin-Embedder-Policy.
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Cross-Origin-Resource-Policy", "cross-origin");
        if (gzip) response.putHeader("Content-Encoding", "gzip");
        if (request.method() == HttpMethod.HEAD) response.end();
        else response.end(body);
    }

    /** Whether gzip is named and not refused by {@code q=0}; a wildcard alone gets the plain script. */
    static boolean acceptsGzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) return false;
        for (String coding : acceptEncoding.split(",")) {
            String[] parts = coding.trim().split("\\s*;\\s*", 2);
            if (parts[0].equalsIgnoreCase("gzip")) return parts.length == 1 || !parts[1].matches("(?i)q=0(\\.0*)?");
        }
        return false;
    }

    /** Weak comparison, as If-None-Match wants it: a proxy that recompresses marks the tag weak. */
    static boolean matches(@Nullable String ifNoneMatch, String tag) {
        if (ifNoneMatch == null) return false;
        for (String candidate : ifNoneMatch.split(",")) {
            String bare = candidate.trim();
            if (bare.equals("*") || bare.equals(tag) || bare.equals("W/" + tag)) return true;
        }
        return false;
    }

    static byte[] read() {
        try (InputStream file = TrackerRoute.class.getResourceAsStream(RESOURCE)) {
            if (file == null) throw new IllegalStateException(RESOURCE + " is not in this build");
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(byte[] script) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(script.length);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String digest(byte[] script) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
