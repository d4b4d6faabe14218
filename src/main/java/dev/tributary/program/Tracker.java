package dev.tributary.program;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** This installation's own public address: links must not lead back to it, or a visitor would go in circles. */
@ApplicationScoped
public class Tracker {
    private final Optional<String> url;
    private final Optional<String> host;

    Tracker(@ConfigProperty(name = "tributary.public-url") Optional<String> publicUrl) {
        url = publicUrl.map(address -> address.replaceAll("/+$", ""));
        host = publicUrl.map(Tracker::hostOf);
    }

    /** Its host, or empty where the setting {@code tributary.public-url} is not made. */
    public Optional<String> host() {
        return host;
    }

    /** Its address without a slash at the end: where the setting is not made, the one that was just asked. */
    public String urlFor(UriInfo asked) {
        return url.orElseGet(() -> asked.getBaseUri().toString().replaceAll("/+$", ""));
    }

    private static String hostOf(String url) {
        if (WebUrl.read(url) instanceof WebUrl.Good good) return good.host();
        throw new IllegalArgumentException("tributary.public-url is not an http or https URL: " + url);
    }
}
