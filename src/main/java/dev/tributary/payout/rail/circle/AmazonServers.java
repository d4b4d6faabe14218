package dev.tributary.payout.rail.circle;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads over HTTPS, follows no redirect, and keeps the certificates that it has read. */
@ApplicationScoped
class AmazonServers implements Amazon {
    /** A region has one or two at a time; more come only from somebody who makes them up. */
    private static final int MOST_KEPT = 10;
    /** Certificates have two thousand. */
    private static final int MOST_BYTES = 20_000;

    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final HttpClient client;
    private final Clock clock;
    private final Map<URI, X509Certificate> kept = new LinkedHashMap<>();

    AmazonServers(Vertx vertx, Clock clock) {
        client =
                vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(2).setMaxWaitQueueSize(100));
        this.clock = clock;
    }

    @Override
    public Uni<PublicKey> key(URI certificate) {
        @Nullable X509Certificate known = kept(certificate);
        Uni<X509Certificate> found = known == null
                ? read(certificate).map(AmazonServers::certificate).invoke(fresh -> keep(certificate, fresh))
                : Uni.createFrom().item(known);
        return found.map(this::valid);
    }

    private PublicKey valid(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
            return certificate.getPublicKey();
        } catch (CertificateException e) {
            throw new IllegalStateException("Amazon's certificate is not valid now", e);
        }
    }

    private synchronized @Nullable X509Certificate kept(URI certificate) {
        return kept.get(certificate);
    }

    private synchronized void keep(URI from, X509Certificate certificate) {
        kept.put(from, certificate);
        if (kept.size() > MOST_KEPT) kept.remove(kept.keySet().iterator().next());
    }

    static X509Certificate certificate(byte[] pem) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            throw new IllegalStateException("Amazon's certificate cannot be read", e);
        }
    }

    @Override
    public Uni<Void> visit(URI address) {
        return read(address).replaceWithVoid();
    }

    private Uni<byte[]> read(URI address) {
        RequestOptions to = new RequestOptions().setAbsoluteURI(address.toString());
        return client.request(to.setConnectTimeout(WITHIN.toMillis()))
                .chain(request -> request.send())
                .chain(AmazonServers::good)
                .ifNoItem()
                .after(WITHIN)
                .fail();
    }

    private static Uni<byte[]> good(HttpClientResponse response) {
        String length = response.getHeader("Content-Length");
        boolean fits = length == null || length.matches("[0-9]{1,6}") && Integer.parseInt(length) <= MOST_BYTES;
        if (response.statusCode() != 200 || !fits)
            return Uni.createFrom()
                    .failure(() -> new IllegalStateException("Amazon answered " + response.statusCode()));
        return response.body().map(body -> {
            if (body.length() > MOST_BYTES) throw new IllegalStateException("Amazon answered too much");
            return body.getBytes();
        });
    }
}
