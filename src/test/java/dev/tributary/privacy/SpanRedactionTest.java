package dev.tributary.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanRedactionTest {
    @Test
    void a_span_keeps_the_method_and_loses_the_person() {
        try (SdkTracerProvider tracers = SdkTracerProvider.builder()
                .addSpanProcessor(new SpanRedaction())
                .build()) {
            ReadableSpan span = (ReadableSpan) tracers.get("test")
                    .spanBuilder("GET")
                    .setAttribute("http.request.method", "GET")
                    .setAttribute("url.path", "/api/admin/affiliates/ann@example.com")
                    .setAttribute("url.query", "email=ann@example.com")
                    .setAttribute("client.address", "203.0.113.9")
                    .setAttribute("user_agent.original", "Mozilla/5.0")
                    .startSpan();
            assertThat(span.getAttribute(AttributeKey.stringKey("http.request.method")))
                    .isEqualTo("GET");
            assertThat(span.getAttribute(AttributeKey.stringKey("url.path"))).isEqualTo("/api/admin/affiliates/{}");
            assertThat(span.toSpanData().getAttributes().toString())
                    .doesNotContain("ann@")
                    .doesNotContain("203.0.113")
                    .doesNotContain("Mozilla");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/admin/links, /api/admin/links",
        "/api/admin/links/{id}, /api/admin/links/{id}",
        "/api/affiliate/v1/stats, /api/affiliate/v1/stats",
        "/api/admin/programs/{programId}/enrollments/{id}, /api/admin/programs/{programId}/enrollments/{id}",
        "/api/admin/links/lnk_01h455vb4pex5vsknk084sn02q, /api/admin/links/{}",
        "/api/admin/affiliates/ann@example.com, /api/admin/affiliates/{}",
        "/x/ECO10/203.0.113.9, /x/{}/{}",
        "NOT_FOUND, NOT_FOUND",
        "/, /",
        "/api/admin/%61nn, /api/admin/{}",
    })
    void a_path_keeps_its_words_and_parameters_only(String path, String label) {
        assertThat(PathLabels.of(path)).isEqualTo(label);
    }

    @Test
    void a_long_path_is_no_label() {
        assertThat(PathLabels.of("/words".repeat(100))).isEqualTo("/{}");
    }
}
