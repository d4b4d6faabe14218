package dev.tributary.access;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * A word at the start to whoever set an issuer and no audience: every token of that issuer is then taken, also one that was
 * made for another application (RFC 9068, section 4). Not an error, because an issuer may serve this installation alone.
 */
@ApplicationScoped
class AudienceAdvice {
    private static final Logger LOG = Logger.getLogger(AudienceAdvice.class);
    private static final String ISSUER = "quarkus.oidc.auth-server-url";
    private static final String AUDIENCE = "quarkus.oidc.token.audience";

    void onStart(@Observes StartupEvent event, Config config) {
        of(config).ifPresent(LOG::warn);
    }

    static Optional<String> of(Config config) {
        boolean advised = isSet(config, ISSUER) && !isSet(config, AUDIENCE);
        return advised
                ? Optional.of("QUARKUS_OIDC_TOKEN_AUDIENCE is not set: tokens that the issuer made for other"
                        + " applications are taken too")
                : Optional.empty();
    }

    private static boolean isSet(Config config, String name) {
        return config.getOptionalValue(name, String.class).isPresent();
    }
}
