package dev.tributary.load;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.uniformRandomSwitch;
import static io.gatling.javaapi.http.HttpDsl.headerRegex;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The mix of requests that a tracking host sees, at a steady rate (an open model: visitors come whether or not the
 * server keeps up). Each kind is checked: a visit's answer is a 302 with a click id, an unknown code's a 404.
 *
 * <p>Connections are shared, as behind a load balancer; each visitor has an address of its own in X-Forwarded-For, so the
 * server must trust this machine as a proxy (TRIBUTARY_CLICK_TRUSTED_PROXIES=127.0.0.1/32).
 */
public final class ClickMix extends Simulation {
    private static final String CLICK_ID = "[?&]click_id=(clk_[0-9a-z]{26})";
    private static final String LINK = "/r/#{code}#{query}";

    private final Settings settings = Settings.fromSystemProperties();

    public ClickMix() {
        setUp(Stream.concat(Stream.of(warmUp()), Arrays.stream(Kind.values()).map(this::population))
                        .toList())
                .protocols(protocol())
                // What never may be: an answer that is wrong. Latencies are read in the report, on the machine at hand.
                .assertions(global().failedRequests().count().is(0L));
    }

    private HttpProtocolBuilder protocol() {
        return http.baseUrl(settings.url())
                .shareConnections()
                .disableFollowRedirect()
                .disableCaching()
                .disableWarmUp()
                .userAgentHeader("#{agent}")
                .header("X-Forwarded-For", "#{address}")
                .acceptLanguageHeader("en-US,en;q=0.9")
                // By hand, because the visitor's cookie is Secure and the load goes over http.
                .header("Cookie", "#{cookie}");
    }

    /** Plain visits at the full rate before anything is measured: the server's machine code and the tool's own get warm. */
    private PopulationBuilder warmUp() {
        return scenario("warm-up")
                .exec(feed(new Visits(settings, -1).feeder(UserAgents.BROWSERS)), exec(clicked(get("warm-up", LINK))))
                .injectOpen(constantUsersPerSec(settings.rate()).during(settings.warmUpSeconds()));
    }

    private PopulationBuilder population(Kind kind) {
        List<String> agents = kind == Kind.BOT ? UserAgents.CRAWLERS : UserAgents.BROWSERS;
        return scenario(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .exec(feed(new Visits(settings, kind.ordinal()).feeder(agents)), requests(kind))
                .injectOpen(
                        nothingFor(settings.warmUpSeconds()),
                        constantUsersPerSec(kind.usersPerSecond(settings.rate())).during(settings.seconds()));
    }

    private ChainBuilder requests(Kind kind) {
        return switch (kind) {
            case VISIT -> measured(clicked(get("visit", LINK)
                    .header("Referer", "#{referrer}")
                    .header("Sec-Fetch-Dest", "document")
                    .header("Sec-Fetch-Mode", "navigate")
                    .header("Sec-Fetch-Site", "cross-site")));
            case RETURN -> repeat(Kind.REQUESTS_OF_A_RETURNING_VISITOR).on(measured(returning()).pause(1));
            case DEEP_LINK -> uniformRandomSwitch().on(
                    measured(clicked(get("deep link", "/r/#{code}/#{page}"))),
                    measured(clicked(get("deep link", "/r/#{code}?to=/#{page}&src=deep"))));
            case BOT -> measured(clicked(get("bot", LINK)));
            case PREFETCH -> measured(clicked(get("prefetch", LINK).header("Sec-Purpose", "prefetch;prerender")));
            case HEAD -> measured(clicked(http("head").head(LINK)));
            case UNKNOWN -> measured(get("unknown code", "/r/#{unknown}")
                    .check(status().is(settings.reference() ? 302 : 404)));
        };
    }

    /** In the group that the report sums up; what is outside of it (the warm-up) has a row of its own. */
    private static ChainBuilder measured(HttpRequestActionBuilder request) {
        return group("mix").on(exec(request));
    }

    private HttpRequestActionBuilder returning() {
        HttpRequestActionBuilder request = clicked(get("return", LINK).header("Referer", "#{referrer}"));
        // Only the first answer sets the cookie; afterwards the visitor keeps what it has.
        return request.check(headerRegex("Set-Cookie", "^(trb_v=[^;]+)").withDefault("#{cookie}").saveAs("cookie"));
    }

    private static HttpRequestActionBuilder get(String name, String path) {
        return http(name).get(path);
    }

    private static HttpRequestActionBuilder clicked(HttpRequestActionBuilder request) {
        return request.check(status().is(302), headerRegex("Location", CLICK_ID).exists());
    }
}
