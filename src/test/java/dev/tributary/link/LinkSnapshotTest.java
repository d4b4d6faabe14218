package dev.tributary.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkSnapshotTest {
    @TempDir
    Path directory;

    @Test
    void what_was_written_is_read_back() throws IOException {
        List<LinkTarget> links = List.of(link("ECO10", true), link("PAUSED", false));
        new LinkSnapshot(directory).write(links);

        List<LinkTarget> read = new ArrayList<>();
        assertThat(new LinkSnapshot(directory).read(read::add)).isTrue();
        assertThat(read).isEqualTo(links);
    }

    @Test
    void a_file_with_any_byte_changed_is_as_good_as_none() throws IOException {
        new LinkSnapshot(directory).write(List.of(link("ECO10", true)));
        Path file = directory.resolve("links.snapshot");
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x10;
            Files.write(file, bad);
            List<LinkTarget> read = new ArrayList<>();
            assertThat(new LinkSnapshot(directory).read(read::add))
                    .as("byte %d", i)
                    .isFalse();
            assertThat(read).isEmpty();
        }
    }

    @Test
    void without_a_file_nothing_is_read() throws IOException {
        assertThat(new LinkSnapshot(directory).read(link -> {})).isFalse();
    }

    private static LinkTarget link(String code, boolean credited) {
        ProgramTarget program = new ProgramTarget(
                UUID.randomUUID(),
                "https://shop.example/",
                List.of("shop.example", "www.shop.example"),
                "eco",
                30,
                true);
        return new LinkTarget(
                UUID.randomUUID(),
                code,
                UUID.randomUUID(),
                code,
                "Spring 26",
                "https://shop.example/größe",
                "blog",
                List.of("1", "", "", "", "5"),
                credited,
                Long.MAX_VALUE,
                program);
    }
}
