package dev.tributary.payout.method;

import dev.tributary.crypto.KeyedHash;
import dev.tributary.crypto.Vault;
import dev.tributary.payout.rail.Recipients.Details;
import dev.tributary.postgres.SharedKeys;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What must be kept secret of payout methods: sealed where it is kept, opened only to be sent to the rail. */
@ApplicationScoped
class Destinations {
    private static final String HASHES = "payout.destination";

    private final Vault vault;
    private final SharedKeys keys;

    Destinations(Vault vault, SharedKeys keys) {
        this.vault = vault;
        this.keys = keys;
    }

    /** 422 where the installation has no master key: bank details are never kept in clear. */
    void requireOpen() {
        if (!vault.isOpen())
            throw new Problem(
                    ProblemKind.UNPROCESSABLE,
                    "This installation cannot keep payout methods: tributary.crypto.master-key is not set");
    }

    String keyId() {
        return vault.keyId();
    }

    byte[] seal(UUID method, Details details) {
        JsonObject all = new JsonObject()
                .put("currency", details.currency())
                .put("hint", details.hint())
                .put("fields", details.fields());
        return vault.seal(all.encode().getBytes(StandardCharsets.UTF_8), ofDetails(method));
    }

    Details details(UUID method, byte[] sealed) {
        JsonObject all = new JsonObject(text(vault.open(sealed, ofDetails(method))));
        return new Details(all.getString("currency"), all.getString("hint"), all.getJsonObject("fields"));
    }

    byte[] seal(UUID method, String destination) {
        return vault.seal(destination.getBytes(StandardCharsets.UTF_8), ofDestination(method));
    }

    String destination(UUID method, byte[] sealed) {
        return text(vault.open(sealed, ofDestination(method)));
    }

    Map<UUID, String> open(Map<UUID, byte[]> sealed) {
        Map<UUID, String> open = new HashMap<>();
        sealed.forEach((method, bytes) -> open.put(method, destination(method, bytes)));
        return open;
    }

    /** By which an event of the provider finds its method, and two affiliates with one destination show. */
    Uni<byte[]> hash(String rail, String destination) {
        return keys.key(HASHES).map(key -> new KeyedHash(key).of(rail, destination));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static String ofDetails(UUID method) {
        return "payout_method.details " + method;
    }

    static String ofDestination(UUID method) {
        return "payout_method.destination " + method;
    }
}
