package dev.tributary.payout.rail.circle;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnsMessageTest {
    /** Seconds of arithmetic each, so one for all. */
    private static final KeyPair PAIR = pair();

    private static final KeyPair ANOTHER = pair();

    static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_amazon_signed_is_proven_in_both_versions() {
        for (String version : List.of("1", "2")) {
            SnsMessage message = parsed(SnsSigner.notification(PAIR, version, "{}"));
            assertThat(message.isSignedBy(PAIR.getPublic())).as(version).isTrue();
            assertThat(message.isSignedBy(ANOTHER.getPublic())).isFalse();
        }
    }

    @Test
    void a_change_of_any_signed_field_is_seen() {
        for (String field : List.of("Message", "MessageId", "Timestamp", "TopicArn")) {
            JsonObject json = SnsSigner.notification(PAIR, "2", "{}");
            json.put(field, json.getString(field) + " ");
            assertThat(parsed(json).isSignedBy(PAIR.getPublic())).as(field).isFalse();
        }
        JsonObject subject = SnsSigner.notification(PAIR, "2", "{}").put("Subject", "added later");
        assertThat(parsed(subject).isSignedBy(PAIR.getPublic())).isFalse();
        JsonObject version = SnsSigner.notification(PAIR, "2", "{}").put("SignatureVersion", "3");
        assertThat(parsed(version).isSignedBy(PAIR.getPublic())).isFalse();
        JsonObject garbled = SnsSigner.notification(PAIR, "2", "{}").put("Signature", "%%%");
        assertThat(parsed(garbled).isSignedBy(PAIR.getPublic())).isFalse();
    }

    @Test
    void a_certificate_is_read_from_amazon_alone() {
        for (String elsewhere : List.of(
                "http://sns.us-east-1.amazonaws.com/a.pem",
                "https://sns.us-east-1.amazonaws.com.evil.example/a.pem",
                "https://evil.example/sns.us-east-1.amazonaws.com/a.pem",
                "https://s3.amazonaws.com/evil/a.pem",
                "https://sns.us-east-1.amazonaws.com@evil.example/a.pem",
                "https://sns.us-east-1.amazonaws.com:8443/a.pem",
                "https://sns.us-east-1.amazonaws.com/a.pem?next=evil",
                "https://sns.us-east-1.amazonaws.com/a.txt",
                "https://xsns.us-east-1.amazonaws.com/a.pem",
                "https://127.0.0.1/a.pem",
                "a.pem",
                "https://sns.us-east-1.amazonaws.com/\u0000.pem")) {
            JsonObject json = SnsSigner.notification(PAIR, "2", "{}").put("SigningCertURL", elsewhere);
            assertThat(SnsMessage.parse(json.encode())).as(elsewhere).isEmpty();
        }
    }

    @Test
    void what_is_no_message_is_none() {
        for (String odd : List.of("", "[]", "{}", "null", "{\"Type\":7}", "{".repeat(10_000), "x".repeat(400_000)))
            assertThat(SnsMessage.parse(odd)).isEmpty();
        assertThat(parsed(SnsSigner.notification(PAIR, "2", "no json")).content())
                .isEmpty();
    }

    private static SnsMessage parsed(JsonObject json) {
        return SnsMessage.parse(json.encode()).orElseThrow();
    }
}
