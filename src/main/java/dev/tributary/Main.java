package dev.tributary;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.lang.reflect.InvocationTargetException;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The one entry point: without arguments the server, with {@code job ...} a batch command of the same binary.
 *
 * <p>In dev mode, stores whose addresses are not set are started first (see {@code embedded}); the packaged artifact does
 * not contain that room, so production can never start a store by accident.
 */
@QuarkusMain
public final class Main {
    /** Set by the build's {@code quarkus:dev} alone: the framework does not know its own mode before it runs. */
    private static final String DEV_MODE = "tributary.dev-mode";

    private Main() {}

    public static void main(String... args) {
        if (Boolean.getBoolean(DEV_MODE)) {
            startEmbeddedStores();
        } else {
            Settings.orExit(ConfigProvider.getConfig());
            signInOnlyWithAnIssuer();
        }
        traceOnlyToAnEndpoint();
        if (args.length > 0) {
            // A batch command must not compete with a server on this machine for its port or its journal.
            System.setProperty("quarkus.http.host-enabled", "false");
            System.setProperty("tributary.mode", "job");
            System.setProperty("quarkus.scheduler.enabled", "false");
            System.setProperty("quarkus.banner.enabled", "false");
            // Nobody sends it requests, so nobody has to look away before it ends.
            System.setProperty("quarkus.shutdown.delay", "0S");
            // What a command prints is for people or for a pipe; what it logs goes beside it.
            System.setProperty("quarkus.log.console.stderr", "true");
            if (System.getenv("QUARKUS_LOG_LEVEL") == null) System.setProperty("quarkus.log.level", "WARN");
            System.setProperty("quarkus.log.category.\"io.micrometer\".level", "ERROR");
            Quarkus.run(dev.tributary.job.CommandLineApplication.class, args);
        } else {
            Quarkus.run(args);
        }
    }

    /** Without an issuer nobody can sign in, so guarded paths answer 401; it must not keep visitors from being redirected. */
    private static void signInOnlyWithAnIssuer() {
        Config config = ConfigProvider.getConfig();
        boolean issuer = Stream.of("auth-server-url", "public-key", "tenant-enabled")
                .anyMatch(name -> config.getOptionalValue("quarkus.oidc." + name, String.class)
                        .isPresent());
        if (!issuer) System.setProperty("quarkus.oidc.tenant-enabled", "false");
    }

    /** To name where traces go is enough; without that none are made. */
    private static void traceOnlyToAnEndpoint() {
        boolean endpoint = System.getenv("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT") != null
                || System.getProperty("quarkus.otel.exporter.otlp.endpoint") != null;
        boolean decided = System.getenv("QUARKUS_OTEL_SDK_DISABLED") != null
                || System.getProperty("quarkus.otel.sdk.disabled") != null;
        if (endpoint && !decided) System.setProperty("quarkus.otel.sdk.disabled", "false");
    }

    private static void startEmbeddedStores() {
        try {
            Class.forName("dev.tributary.embedded.EmbeddedStores", true, Main.class.getClassLoader())
                    .getMethod("startWhereUnset")
                    .invoke(null);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The embedded stores did not start", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Dev mode needs the embedded room on its class path", e);
        }
    }
}
