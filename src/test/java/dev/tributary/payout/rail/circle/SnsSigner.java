package dev.tributary.payout.rail.circle;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;

/** Messages as Amazon sends them, signed with a key of one's own. */
final class SnsSigner {
    static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:circle";

    private SnsSigner() {}

    static JsonObject notification(KeyPair pair, String version, String content) {
        return signed(pair, new JsonObject().put("Type", "Notification").put("Message", content), version);
    }

    static JsonObject confirmation(KeyPair pair, String url) {
        JsonObject json = new JsonObject()
                .put("Type", "SubscriptionConfirmation")
                .put("Message", "You have chosen to subscribe")
                .put("Token", "t0ken")
                .put("SubscribeURL", url);
        return signed(pair, json, "2");
    }

    private static JsonObject signed(KeyPair pair, JsonObject json, String version) {
        json.put("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324")
                .put("TopicArn", TOPIC)
                .put("Timestamp", "2026-11-21T12:00:00.000Z")
                .put("SignatureVersion", version)
                .put("SigningCertURL", "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem");
        try {
            Signature signature = Signature.getInstance(version.equals("1") ? "SHA1withRSA" : "SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(new SnsMessage(json).signed().getBytes(StandardCharsets.UTF_8));
            return json.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
