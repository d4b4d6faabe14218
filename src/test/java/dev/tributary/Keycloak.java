package dev.tributary;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real Keycloak, unpacked by the Maven profile {@code keycloak}, with the realm of src/test/resources/keycloak. */
public final class Keycloak implements QuarkusTestResourceLifecycleManager {
    private static final Path HOME = Path.of(System.getProperty("tributary.keycloak.home", "target/keycloak"));
    private static final Path LOG = Path.of("target/keycloak.log");
    /** It takes 17 to 50 s on two cores. */
    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Process process;
    private static String base = "";

    @Override
    public Map<String, String> start() {
        try {
            int port = freePort();
            base = "http://127.0.0.1:" + port;
            launch(port);
            await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "quarkus.oidc.auth-server-url", realm(),
                "quarkus.oidc.public-key", "",
                "quarkus.oidc.token.issuer", "",
                "quarkus.oidc.token.audience", "tributary",
                "quarkus.oidc.roles.role-claim-path", "realm_access/roles");
    }

    private void launch(int port) throws IOException {
        Path imports = Files.createDirectories(HOME.resolve("data/import"));
        try (var realm = Keycloak.class.getResourceAsStream("/keycloak/tributary-realm.json")) {
            Files.write(imports.resolve("tributary-realm.json"), realm.readAllBytes());
        }
        ProcessBuilder builder = new ProcessBuilder(
                "/bin/sh",
                HOME.resolve("bin/kc.sh").toAbsolutePath().toString(),
                "start-dev",
                "--import-realm",
                "--http-host=127.0.0.1",
                "--http-port=" + port);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "root");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "root");
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        process = builder.redirectErrorStream(true).redirectOutput(LOG.toFile()).start();
    }

    private void await() throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline)
                throw new IllegalStateException("Keycloak did not start:\n" + Files.readString(LOG));
        }
    }

    private boolean answers() {
        try {
            // A refused connection comes back at once: the pause is in waiting for the process.
            if (process.waitFor(500, TimeUnit.MILLISECONDS)) return false;
            URI discovery = URI.create(realm() + "/.well-known/openid-configuration");
            return HTTP.send(HttpRequest.newBuilder(discovery).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (process == null) return;
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    static String realm() {
        return base + "/realms/tributary";
    }

    /** What the issuer answers to a user's name, used as the password too: access, ID and refresh token. */
    static JsonObject signIn(String client, String user) {
        return token("tributary", Map.of("client_id", client, "username", user, "password", user, "scope", "openid"));
    }

    /** Makes the realm sign with a new key from now on; tokens that the old one signed stay good. */
    static void rotateKey() {
        String root = token("master", Map.of("client_id", "admin-cli", "username", "root", "password", "root"))
                .getString("access_token");
        JsonObject key = new JsonObject()
                .put("name", "newer")
                .put("providerId", "rsa-generated")
                .put("providerType", "org.keycloak.keys.KeyProvider")
                .put(
                        "config",
                        new JsonObject("{\"priority\":[\"1000\"],\"active\":[\"true\"],\"enabled\":[\"true\"]}"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/admin/realms/tributary/components"))
                .header("Authorization", "Bearer " + root)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(key.encode()))
                .build();
        if (send(request).statusCode() != 201) throw new IllegalStateException("The key was not made");
    }

    private static JsonObject token(String realm, Map<String, String> fields) {
        String form = "grant_type=password&"
                + fields.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(base + "/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != 200) throw new IllegalStateException("No token: " + answer.body());
        return new JsonObject(answer.body());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
