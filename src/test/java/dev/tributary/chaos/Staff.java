package dev.tributary.chaos;

import dev.tributary.Tokens;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An administrator of the packaged application, signed in with a token of the tests' own issuer. */
final class Staff {
    private static final Path KEY = Path.of("src/test/resources/publicKey.pem");
    /** Of a job, far beyond what any takes here. */
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final PackagedApp app;

    Staff(PackagedApp app) {
        this.app = app;
    }

    /** What an application is told that is to believe it. */
    static Map<String, String> environment() {
        try {
            String key = Files.readString(KEY).replaceAll("-----.*-----|\\s", "");
            return Map.of(
                    "QUARKUS_OIDC_PUBLIC_KEY", key,
                    "QUARKUS_OIDC_TOKEN_ISSUER", "https://issuer.test",
                    "QUARKUS_OIDC_TOKEN_AUDIENCE", "tributary");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a job within the running application and waits for its end; answers what the run says of itself then. */
    JsonObject run(String job) {
        String runs = "/api/admin/jobs/" + job + "/runs";
        JsonObject run = ask("POST", runs, "{}");
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (run.getString("status").equals("running")) {
            if (System.nanoTime() > deadline) throw new IllegalStateException("It goes on and on: " + run);
            PackagedApp.pause();
            run = ask("GET", runs + "/" + run.getString("id"), "");
        }
        return run;
    }

    private JsonObject ask(String method, String path, String body) {
        var answer = app.send(method, path, Tokens.of("admin"), body);
        if (answer.statusCode() >= 300)
            throw new IllegalStateException(
                    method + " " + path + " is answered " + answer.statusCode() + ": " + answer.body());
        return new JsonObject(answer.body());
    }
}
