package dev.tributary.payout.rail.payman;

import dev.tributary.payout.rail.HttpSender;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The way to Payman: its address, our secret and one client for all that is asked of it. */
@ApplicationScoped
class PaymanApi {
    private static final String TYPE = "application/vnd.payman.v1+json";

    private final PaymanConfig config;
    private final String base;
    private final HttpSender http;

    @Inject
    PaymanApi(PaymanConfig config, Vertx vertx) {
        this(config, new HttpSender(vertx, HttpSender.ANSWER_WITHIN));
    }

    PaymanApi(PaymanConfig config, HttpSender http) {
        this.config = config;
        this.http = http;
        base = HttpSender.base("tributary.payout.payman.api-base", config.apiBase());
    }

    boolean configured() {
        return config.apiSecret().isPresent() && config.wallet().isPresent();
    }

    int perSecond() {
        return config.perSecond();
    }

    String wallet() {
        return config.wallet().orElseThrow(() -> new IllegalStateException("No wallet of Payman's is set"));
    }

    HttpSender http() {
        return http;
    }

    RequestOptions to(HttpMethod method, String path) {
        return new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(base + path)
                .putHeader("x-payman-api-secret", config.apiSecret().orElse(""))
                .putHeader("Accept", TYPE)
                .putHeader("Content-Type", TYPE);
    }
}
