package dev.tributary.link;

import dev.tributary.program.Host;
import dev.tributary.program.WebUrl;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The check that a URL is one that a link may lead to: well formed, on an allowed host of the program. */
public final class Destinations {
    private Destinations() {}

    /** What became of a URL. */
    public sealed interface Result {
        /** Where to send the visitor, or empty where the URL was refused. */
        Optional<URI> uri();
    }

    /** A URL in the one form that may be sent to a browser: ASCII, host in lower case. */
    public record Allowed(URI target) implements Result {
        @Override
        public Optional<URI> uri() {
            return Optional.of(target);
        }
    }

    /** A URL that no link may lead to, with a stable word for programs and a sentence for people. */
    public record Refused(String code, String message) implements Result {
        @Override
        public Optional<URI> uri() {
            return Optional.empty();
        }
    }

    /**
     * Checks a URL against a program's list.
     *
     * @param allowedHosts entries as {@link Host#pattern} writes them: exact hosts, or {@code *.} and a host for all of
     *     its sub-domains
     */
    public static Result check(String url, List<String> allowedHosts) {
        WebUrl read = WebUrl.read(url);
        if (read instanceof WebUrl.Bad bad) return new Refused(bad.code(), bad.message());
        WebUrl.Good good = (WebUrl.Good) read;
        for (String pattern : allowedHosts) {
            if (Host.covers(pattern, good.host())) return new Allowed(good.uri());
        }
        return new Refused("host_not_allowed", "%s is not one of the program's hosts".formatted(good.host()));
    }
}
