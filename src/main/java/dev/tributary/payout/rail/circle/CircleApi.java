package dev.tributary.payout.rail.circle;

import dev.tributary.payout.rail.HttpSender;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The way to Circle: its address, our key and one client for all that is asked of it. */
@ApplicationScoped
class CircleApi {
    private final CircleConfig config;
    private final String base;
    private final HttpSender http;

    @Inject
    CircleApi(CircleConfig config, Vertx vertx) {
        this(config, new HttpSender(vertx, HttpSender.ANSWER_WITHIN));
    }

    CircleApi(CircleConfig config, HttpSender http) {
        this.config = config;
        this.http = http;
        base = HttpSender.base("tributary.payout.circle.api-base", config.apiBase());
    }

    boolean configured() {
        return config.apiKey().isPresent() && config.wallet().isPresent();
    }

    int perSecond() {
        return config.perSecond();
    }

    String wallet() {
        return config.wallet().orElseThrow(() -> new IllegalStateException("No wallet of Circle's is set"));
    }

    HttpSender http() {
        return http;
    }

    RequestOptions to(HttpMethod method, String path) {
        return new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(base + path)
                .putHeader("Authorization", "Bearer " + config.apiKey().orElse(""))
                .putHeader("Content-Type", "application/json");
    }

    /** As a part of a path or of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
