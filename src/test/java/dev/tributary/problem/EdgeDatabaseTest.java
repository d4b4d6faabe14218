package dev.tributary.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no ordinary client writes, written byte by byte. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class EdgeDatabaseTest {
    private static final int PATIENCE_MILLIS = 20_000;

    @TestHTTPResource("/")
    URI server;

    private String send(String head, String body) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            try {
                out.write((head.replace("\n", "\r\n") + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            } catch (IOException hungUp) {
                // The answer may already be there.
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String status(String answer) {
        return answer.substring(0, Math.min(answer.length(), 12));
    }

    @Test
    void one_long_header_is_answered_431() throws IOException {
        String answer = send("GET /api/probe HTTP/1.1\nHost: t\nConnection: close\nX-Long: " + "a".repeat(40_000), "");
        assertThat(status(answer)).isEqualTo("HTTP/1.1 431");
    }

    @Test
    void too_many_headers_are_answered_431() throws IOException {
        StringBuilder head = new StringBuilder("GET /api/probe HTTP/1.1\nHost: t\nConnection: close");
        for (int i = 0; i < 3_000; i++) head.append("\nX-").append(i).append(": abcdef");
        assertThat(status(send(head.toString(), ""))).isEqualTo("HTTP/1.1 431");
    }

    /** The framework counts chunks itself and answers without a body; a declared length is answered with a problem. */
    @Test
    void a_chunked_body_over_one_megabyte_is_answered_413() throws IOException {
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
        String answer = send(
                "POST /api/probe HTTP/1.1\nHost: t\nConnection: close\nContent-Type: application/json\nTransfer-Encoding: chunked",
                chunk.repeat(20) + "0\r\n\r\n");
        assertThat(status(answer)).isEqualTo("HTTP/1.1 413");
    }

    /** No URI at all: the framework refuses it before any route, with the status alone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/probe/%zz",
                "/api/probe/%",
                "/api/probe/%2",
                "/api/probe?n=%zz",
                "/%zz",
                "/r/%zz",
                "/api/track/%zz"
            })
    void an_address_that_is_no_uri_is_answered_400(String address) throws IOException {
        String answer = send("GET " + address + " HTTP/1.1\nHost: t\nConnection: close", "");
        assertThat(status(answer)).isEqualTo("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/probe/%00",
                "/api/probe/throws/%00",
                "/api/probe/%ff%fe",
                "/api/probe/%c0%ae%c0%ae/",
                "/api/probe/../../etc/passwd",
                "/api/probe/..%2f..%2fetc",
                "/api/probe?n=%00",
                "/r/%00"
            })
    void a_strange_address_is_a_problem_of_the_caller(String address) throws IOException {
        String answer = send("GET " + address + " HTTP/1.1\nHost: t\nConnection: close", "");
        assertThat(status(answer)).startsWith("HTTP/1.1 4");
        if (!address.startsWith("/r/")) assertThat(answer).contains("application/problem+json");
        assertThat(answer).doesNotContain("dev.tributary").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G\u0001T /api/probe HTTP/1.1\nHost: t",
                "GET /api/probe HTTP/1.1\nHost: t\nContent-Length: -1",
                "POST /api/probe HTTP/1.1\nHost: t\nContent-Length: x",
                "POST /api/probe HTTP/1.1\nHost: t\nTransfer-Encoding: odd\nContent-Type: application/json",
                "BREW /api/probe HTTP/1.1\nHost: t",
            })
    void what_is_no_http_is_refused(String head) throws IOException {
        String answer = send(head + "\nConnection: close", "");
        assertThat(status(answer)).matches("|HTTP/1\\.[01] (4..|501|505)");
    }
}
