package dev.tributary.payout.rail.circle;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A message of Amazon SNS, by which Circle sends its notifications.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html">verifying signatures</a>
 */
record SnsMessage(JsonObject json) {
    /** What is signed, in this order, each as its name and its value, where it is there. */
    private static final List<String> NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");

    private static final List<String> CONFIRMATION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
    /** Amazon's own hosts: whoever can answer there can forge anything anyway. */
    private static final Pattern HOST = Pattern.compile("sns\\.[a-z]{2}(-[a-z]{1,12}){1,3}-[0-9]\\.amazonaws\\.com");

    private static final int MOST_CHARACTERS = 300_000;

    /** Empty where it is no message that we know the signing of. */
    static Optional<SnsMessage> parse(String body) {
        if (body.length() > MOST_CHARACTERS) return Optional.empty();
        try {
            SnsMessage message = new SnsMessage(new JsonObject(body));
            boolean whole = List.of("Message", "MessageId", "Timestamp", "TopicArn", "Type", "Signature").stream()
                    .allMatch(field -> message.json.getValue(field) instanceof String);
            return whole && message.certificate().isPresent() ? Optional.of(message) : Optional.empty();
        } catch (RuntimeException notJson) {
            return Optional.empty();
        }
    }

    String topic() {
        return json.getString("TopicArn");
    }

    boolean isNotification() {
        return "Notification".equals(json.getString("Type"));
    }

    boolean isConfirmation() {
        return "SubscriptionConfirmation".equals(json.getString("Type"));
    }

    /** Where its certificate is: at Amazon, or it counts as none. */
    Optional<URI> certificate() {
        return amazon("SigningCertURL").filter(uri -> uri.getPath().endsWith(".pem") && uri.getRawQuery() == null);
    }

    /** What is to be visited so that notifications come. */
    Optional<URI> confirmation() {
        return amazon("SubscribeURL");
    }

    private Optional<URI> amazon(String field) {
        if (!(json.getValue(field) instanceof String text) || text.length() > 2_000) return Optional.empty();
        try {
            URI uri = URI.create(text);
            boolean pinned = "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && HOST.matcher(uri.getHost()).matches()
                    && uri.getPort() == -1
                    && uri.getRawUserInfo() == null
                    && uri.getPath() != null;
            return pinned ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException noUri) {
            return Optional.empty();
        }
    }

    /** Whether that key signed it. */
    boolean isSignedBy(PublicKey key) {
        String version = String.valueOf(json.getValue("SignatureVersion"));
        if (!version.equals("1") && !version.equals("2")) return false;
        try {
            Signature signature = Signature.getInstance(version.equals("1") ? "SHA1withRSA" : "SHA256withRSA");
            signature.initVerify(key);
            signature.update(signed().getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(json.getString("Signature")));
        } catch (GeneralSecurityException | IllegalArgumentException garbled) {
            return false;
        }
    }

    String signed() {
        StringBuilder text = new StringBuilder();
        for (String field : isNotification() ? NOTIFICATION : CONFIRMATION)
            if (json.getValue(field) instanceof String value)
                text.append(field).append('\n').append(value).append('\n');
        return text.toString();
    }

    /** What Circle says; empty where it is no JSON object. */
    Optional<JsonObject> content() {
        try {
            return Optional.of(new JsonObject(json.getString("Message")));
        } catch (RuntimeException notJson) {
            return Optional.empty();
        }
    }
}
