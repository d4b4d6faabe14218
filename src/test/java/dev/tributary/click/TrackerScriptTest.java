package dev.tributary.click;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class TrackerScriptTest {
    @Test
    void the_script_takes_less_than_three_kilobytes_on_the_wire() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(script());
        }
        assertThat(compressed.size()).isLessThan(3_000);
    }

    @Test
    void the_script_is_ascii_so_that_no_page_encoding_garbles_it() throws IOException {
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(new String(script(), StandardCharsets.UTF_8)))
                .isTrue();
    }

    private static byte[] script() throws IOException {
        try (InputStream file = TrackerScriptTest.class.getResourceAsStream("/tracker/t.js")) {
            return file.readAllBytes();
        }
    }
}
