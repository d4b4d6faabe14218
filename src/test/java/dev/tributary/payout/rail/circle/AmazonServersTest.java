package dev.tributary.payout.rail.circle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

class AmazonServersTest {
    @Test
    void a_certificate_is_read_and_what_is_none_is_told() throws Exception {
        try (InputStream pem = getClass().getResourceAsStream("made-up-certificate.pem")) {
            X509Certificate certificate = AmazonServers.certificate(pem.readAllBytes());
            assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("RSA");
            assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=sns.amazonaws.com");
        }
        assertThatThrownBy(() -> AmazonServers.certificate("<html>".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalStateException.class);
    }
}
