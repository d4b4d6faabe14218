package dev.tributary.click;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TrackerScriptTest {
    private final byte[] script = TrackerRoute.read();

    @Test
    void the_script_takes_less_than_three_kilobytes_on_the_wire() {
        assertThat(TrackerRoute.gzip(script)).hasSizeLessThan(3_000);
    }

    @Test
    void the_script_is_ascii_so_that_no_page_encoding_garbles_it() {
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(text())).isTrue();
    }

    @Test
    void the_script_reads_the_same_paid_click_parameters_as_the_redirect() {
        String list = text().substring(text().indexOf("var ADS = ["), text().indexOf("];"));
        assertThat(VisitQuery.PAID_CLICK).allSatisfy(name -> assertThat(list).contains("'" + name + "'"));
        assertThat(list.split(",")).hasSameSizeAs(VisitQuery.PAID_CLICK);
    }

    @Test
    void gzip_is_sent_to_those_who_ask_for_it() {
        assertThat(TrackerRoute.acceptsGzip("br;q=1, GZIP;q=0.5")).isTrue();
        assertThat(TrackerRoute.acceptsGzip("gzip, deflate, br, zstd")).isTrue();
        assertThat(TrackerRoute.acceptsGzip("gzip;q=0, br")).isFalse();
        assertThat(TrackerRoute.acceptsGzip("gzip;q=0.000")).isFalse();
        assertThat(TrackerRoute.acceptsGzip("identity")).isFalse();
        assertThat(TrackerRoute.acceptsGzip(null)).isFalse();
    }

    @Test
    void a_script_that_the_browser_has_is_not_sent_again() {
        assertThat(TrackerRoute.matches("\"a\", W/\"b\"", "\"b\"")).isTrue();
        assertThat(TrackerRoute.matches("*", "\"b\"")).isTrue();
        assertThat(TrackerRoute.matches("\"a\"", "\"b\"")).isFalse();
        assertThat(TrackerRoute.matches(null, "\"b\"")).isFalse();
    }

    private String text() {
        return new String(script, StandardCharsets.UTF_8);
    }
}
