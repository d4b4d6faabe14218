package dev.tributary.payout;

import dev.tributary.crypto.MasterKey;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What is sent for a payout, as its row keeps it: written once, when it is first claimed. Destination and body may hold bank
 * details, so they are encrypted wherever the installation has a master key; a payout that is under way needs the key that was
 * the master key then.
 *
 * @param wrapped whether destination and body are encrypted
 */
public record Frozen(String key, byte[] destination, byte[] body, boolean wrapped) {
    static Frozen of(UUID payoutId, String key, String destination, String body, MasterKey master) {
        return new Frozen(
                key,
                close(master, destination, "destination", payoutId),
                close(master, body, "body", payoutId),
                master.present());
    }

    private static byte[] close(MasterKey master, String text, String field, UUID payoutId) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        return master.present() ? master.wrap(plain, name(field, payoutId)) : plain;
    }

    String destination(UUID payoutId, MasterKey master) {
        return open(master, destination, "destination", payoutId);
    }

    String body(UUID payoutId, MasterKey master) {
        return open(master, body, "body", payoutId);
    }

    private String open(MasterKey master, byte[] kept, String field, UUID payoutId) {
        return new String(wrapped ? master.unwrap(kept, name(field, payoutId)) : kept, StandardCharsets.UTF_8);
    }

    private static String name(String field, UUID payoutId) {
        return "payout." + field + "." + payoutId;
    }
}
