package dev.tributary.click;

import dev.tributary.click.journal.Journal;
import dev.tributary.click.journal.JournalReader;
import dev.tributary.id.TypeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads every click that a journal holds on disk, whether it has landed or not, and disturbs nothing. */
final class Journalled {
    private Journalled() {}

    static List<Click> all(Journal journal) throws IOException {
        // Links to the segments, without the note of what has landed: so reading starts at the first.
        Path view = Files.createTempDirectory("journal-view");
        try (Stream<Path> files = Files.list(journal.directory())) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".segment")).toList()) {
                Files.createSymbolicLink(view.resolve(file.getFileName()), file.toAbsolutePath());
            }
        }
        List<Click> clicks = new ArrayList<>();
        try (JournalReader reader = new JournalReader(view, journal::durable, Duration.ofDays(1), Clock.systemUTC())) {
            for (List<byte[]> some = reader.read(1_000); !some.isEmpty(); some = reader.read(1_000)) {
                some.forEach(record -> clicks.add(ClickCodec.decode(record)));
            }
        }
        try (Stream<Path> links = Files.list(view)) {
            for (Path link : links.toList()) Files.delete(link);
        }
        Files.delete(view);
        return clicks;
    }

    /** The click of this id. */
    static Click byId(Journal journal, String typeId) throws IOException {
        return all(journal).stream()
                .filter(click -> TypeId.CLICK.format(click.id()).equals(typeId))
                .findFirst()
                .orElseThrow(() -> new AssertionError(typeId + " is not on disk"));
    }
}
