package dev.tributary.click;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the real redirect leads, whatever a visitor asks for. Requests are written byte by byte: clients tidy up. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class RedirectDestinationDatabaseTest {
    private static final String OWN_PAGE = "https://shop.example/?ref=";
    private static final int PATIENCE_MILLIS = 10_000;

    @Inject
    Transactions transactions;

    @TestHTTPResource("/")
    URI server;

    private String code = "";

    @BeforeEach
    void link() {
        code = new TrackedLinks(transactions).active(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "///evil.example",
                "////evil.example/..",
                "/\\evil.example",
                "/\\/evil.example",
                "\\\\evil.example",
                "\\/evil.example",
                "https://evil.example",
                "https:/evil.example",
                "https:evil.example",
                "https:\\\\evil.example",
                "http://evil.example:80/",
                "HtTpS://evil.example/",
                " https://evil.example",
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "java\tscript:alert(1)",
                "javascript://shop.example/%0aalert(1)",
                "data:text/html,<script>alert(1)</script>",
                "vbscript:x",
                "file:///etc/passwd",
                "ftp://shop.example/",
                "https://shop.example@evil.example/",
                "https://shop.example:pass@evil.example/",
                "https://user@shop.example/",
                "https://evil.example\\@shop.example/",
                "https://evil.example#@shop.example/",
                "https://evil.example?.shop.example",
                "https://shop.example.evil.example/",
                "https://evilshop.example/",
                "https://shop.exampleevil/",
                "https://*.shop.example/",
                "https://.shop.example/",
                "https://shop.example\r\n.evil.example/",
                "https://shop.example/\r\nSet-Cookie: stolen=1",
                "https://shop.example/\u0000",
                "https://shоp.example/",
                "https://xn--shp-kmd.example/",
                "https://shop。example。evil.example/",
                "https://shop.example%2eevil.example/",
                "https://shop.example%00.evil.example/",
                "https://127.0.0.1/",
                "https://2130706433/",
                "https://[::1]/",
                "https://shop.example:99999/",
            })
    void what_leads_astray_leads_to_the_links_own_page(String to) throws IOException {
        assertThat(locationOf(query(to))).startsWith(OWN_PAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/sale, https://shop.example/sale?ref=",
        "https://de.shop.example/sale, https://de.shop.example/sale?ref=",
        "https://a.b.shop.example, https://a.b.shop.example/?ref=",
        "HTTPS://SHOP.example/Sale, https://shop.example/Sale?ref=",
        "https://shop.example./sale, https://shop.example/sale?ref=",
        "https://shop。example/grün, https://shop.example/gr%C3%BCn?ref=",
        "https://shop.example/a?b=c, https://shop.example/a?b=c&ref=",
        "https://shop.example/?to=//evil.example, https://shop.example/?to=//evil.example&ref=",
        "/sale, https://shop.example/sale?ref=",
        "/sale?size=m, https://shop.example/sale?size=m&ref=",
        "/@evil.example, https://shop.example/@evil.example?ref=",
    })
    void what_stays_on_the_programs_hosts_is_granted(String to, String start) throws IOException {
        assertThat(locationOf(query(to))).startsWith(start);
    }

    @Test
    void a_fragment_stays_at_the_end() throws IOException {
        assertThat(locationOf(query("https://shop.example/a#part")))
                .startsWith("https://shop.example/a?ref=")
                .endsWith("#part");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "///evil.example/",
                "/%0d%0aSet-Cookie:%20stolen=1",
                "/%0aLocation:%20https://evil.example",
                "/..//evil.example",
                "/@evil.example",
                "/%2f%2fevil.example",
                "/%5cevil.example",
                "/%00",
                "?to=%2f%2fevil.example",
                "?to=/%09/evil.example",
                "?to=%0d%0a//evil.example",
                "?to=%E5%98%8A%E5%98%8DSet-Cookie:stolen=1",
                "?to=https://evil.example&to=https://evil.example",
                "?x=%0d%0aSet-Cookie:%20stolen=1",
                "?src=%0d%0aSet-Cookie:%20stolen=1",
                "?click_id=clk_01h455vb4pex5vsknk084sn02q",
            })
    void no_path_or_query_leaves_the_site_or_adds_a_header(String rest) throws IOException {
        String answer = answerTo("/r/" + code + rest);
        assertThat(answer).startsWith("HTTP/1.1 302 ");
        String location = location(answer);
        assertThat(location).startsWith("https://shop.example/").doesNotContain("clk_01h455vb4pex5vsknk084sn02q");
        assertThat(URI.create(location).getHost()).isEqualTo("shop.example");
        assertThat(headers(answer)).noneMatch(line -> line.contains("stolen=1") && !line.startsWith("location:"));
    }

    /** The framework refuses these before any route sees them, with an empty answer. */
    @ParameterizedTest
    @ValueSource(strings = {"?to=%zz", "?src=%f", "/%g0"})
    void broken_encoding_is_refused(String rest) throws IOException {
        assertThat(answerTo("/r/" + code + rest)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void what_is_over_long_is_refused() throws IOException {
        assertThat(answerTo("/r/" + code + query("https://shop.example/" + "a".repeat(3_000))))
                .startsWith("HTTP/1.1 400 ")
                .contains("too_long");
        assertThat(answerTo("/r/" + code + "?src=" + "a".repeat(101))).startsWith("HTTP/1.1 400 ");
        assertThat(answerTo("/r/" + code + "?x=" + "a".repeat(20_000))).contains(" 414 ");
    }

    private static String query(String to) {
        return "?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
    }

    private String locationOf(String rest) throws IOException {
        String answer = answerTo("/r/" + code + rest);
        assertThat(answer).startsWith("HTTP/1.1 302 ");
        return location(answer);
    }

    private static String location(String answer) {
        return headers(answer).stream()
                .filter(line -> line.regionMatches(true, 0, "location: ", 0, 10))
                .map(line -> line.substring(10))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> headers(String answer) {
        return answer.substring(0, answer.indexOf("\r\n\r\n")).lines().toList();
    }

    private String answerTo(String target) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "GET " + target + " HTTP/1.1\r\nHost: tracker.test\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
