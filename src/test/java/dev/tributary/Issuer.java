package dev.tributary;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real, small OpenID Connect issuer: discovery, keys, and tokens laid out as Keycloak does it. */
public final class Issuer implements AutoCloseable {
    private final URI address;
    private final AtomicInteger keysFetched = new AtomicInteger();
    private volatile KeyPair key = newKey();
    private volatile String keyId = "first";
    private HttpServer server;

    /** @param address where it will be, once it is {@link #start started} */
    public Issuer(URI address) {
        this.address = address;
    }

    public void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(address.getHost(), address.getPort()), 0);
        server.createContext(address.getPath() + "/.well-known/openid-configuration", this::discovery);
        server.createContext(address.getPath() + "/keys", this::keys);
        server.start();
    }

    /** From now on signs with another key of another name. */
    public void rotate(String name) {
        key = newKey();
        keyId = name;
    }

    public int keysFetched() {
        return keysFetched.get();
    }

    /** A token of this issuer with these roles, signed by its present key. */
    public String token(String... roles) {
        return claims(roles).jws().keyId(keyId).sign(key.getPrivate());
    }

    /** A token that names a key which this issuer does not have. */
    public String tokenOfUnknownKey(String name) {
        return claims("admin").jws().keyId(name).sign(key.getPrivate());
    }

    private JwtClaimsBuilder claims(String... roles) {
        return Jwt.issuer(address.toString())
                .audience("tributary")
                .subject("tester")
                .claim("realm_access", Map.of("roles", List.of(roles)))
                .expiresIn(Duration.ofMinutes(5));
    }

    private void discovery(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                new JsonObject()
                        .put("issuer", address.toString())
                        .put("jwks_uri", address + "/keys")
                        .put("token_endpoint", address + "/token")
                        .put("authorization_endpoint", address + "/auth"));
    }

    private void keys(HttpExchange exchange) throws IOException {
        keysFetched.incrementAndGet();
        RSAPublicKey shown = (RSAPublicKey) key.getPublic();
        JsonObject one = new JsonObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", keyId)
                .put("n", number(shown.getModulus()))
                .put("e", number(shown.getPublicExponent()));
        answer(exchange, new JsonObject().put("keys", new JsonArray().add(one)));
    }

    private static void answer(HttpExchange exchange, JsonObject json) throws IOException {
        byte[] body = json.encode().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (server != null) server.stop(0);
    }
}
