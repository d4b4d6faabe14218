package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ways around the door: other spellings of a guarded address, other methods, headers that proxies act upon. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class DetoursDatabaseTest {
    private static final List<String> SPELLINGS = List.of(
            "/api/admin/programs/",
            "//api/admin/programs",
            "/api//admin/programs",
            "/api/./admin/programs",
            "/api/affiliate/../admin/programs",
            "/api/affiliate/v1/..%2f..%2fadmin/programs",
            "/api/affiliate/%2e%2e/admin/programs",
            "/api/%61dmin/programs",
            "/%61pi/admin/programs",
            "/api;x=1/admin/programs",
            "/api/admin;x=1/programs",
            "/api/admin/programs;jsessionid=1",
            "/api/admin%2fprograms",
            "/api\\admin\\programs",
            "/API/admin/programs",
            "/api/ADMIN/programs",
            "/api/admin/programs%00",
            "/api/admin/programs%20",
            "/api/admin/programs?_method=GET",
            "/r/../api/admin/programs",
            "/q/../api/admin/programs",
            "/t.js/../api/admin/programs");

    @Test
    void no_spelling_of_an_address_opens_it_to_whom_it_is_closed() throws IOException {
        String affiliate = Tokens.as("detour", "affiliate");
        for (String path : SPELLINGS) {
            assertThat(status("GET", path)).as(path).isBetween(400, 499);
            assertThat(status("GET", path, "Authorization: Bearer " + affiliate))
                    .as(path)
                    .isBetween(400, 499);
        }
    }

    @Test
    void no_method_opens_what_another_closes() throws IOException {
        for (String method : List.of("HEAD", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get", "FOO"))
            assertThat(status(method, "/api/admin/programs")).as(method).isBetween(400, 501);
    }

    @Test
    void support_writes_nothing_by_a_method_in_a_header() throws IOException {
        String support = "Authorization: Bearer " + Tokens.as("detour", "support");
        for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            assertThat(status("POST", "/api/admin/programs", support, header + ": GET"))
                    .as(header)
                    .isEqualTo(403);
            assertThat(status("GET", "/api/admin/programs", support, header + ": DELETE"))
                    .as(header)
                    .isEqualTo(200);
        }
    }

    /** Some servers take a proxy's word for the address or for the caller. */
    @Test
    void a_header_that_names_another_address_or_caller_counts_for_nothing() throws IOException {
        for (String header : List.of(
                "X-Original-URL: /t.js",
                "X-Rewrite-URL: /t.js",
                "X-Forwarded-Prefix: /t.js",
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-User: admin",
                "X-Remote-User: admin",
                "X-User-Roles: admin",
                "Cookie: q_session=x; access_token=x; Authorization=Bearer x"))
            assertThat(status("GET", "/api/admin/programs", header)).as(header).isEqualTo(401);
        String forged = "X-Original-URL: /api/admin/programs";
        assertThat(answer("GET", "/api/nothing", forged)).contains(" 404 ");
    }

    @Test
    void no_page_of_another_origin_may_read_an_answer() throws IOException {
        String admin = "Authorization: Bearer " + Tokens.of("admin");
        for (String origin : List.of("https://evil.example", "null", "http://localhost:3000"))
            assertThat(answer("GET", "/api/admin/programs", admin, "Origin: " + origin)
                            .toLowerCase(java.util.Locale.ROOT))
                    .as(origin)
                    .doesNotContain("access-control-allow-origin");
    }

    private static int status(String method, String path, String... headers) throws IOException {
        String answer = answer(method, path, headers);
        assertThat(answer).as("%s %s", method, path).startsWith("HTTP/1.1 ");
        return Integer.parseInt(answer.substring(9, 12));
    }

    /** To the letter as it is written here: every client tidies addresses up. */
    private static String answer(String method, String path, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            String fixed =
                    "Host: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2";
            String head = String.join(
                    "\r\n", Stream.concat(Stream.of(fixed), Stream.of(headers)).toList());
            String request = method + " " + path + " HTTP/1.1\r\n" + head + "\r\n\r\n{}";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(10_000);
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
