package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents: no dead links, every room named, and a README that can be read in one go. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern FENCED = Pattern.compile("(?s)```.*?```");

    @Test
    void no_link_between_documents_is_dead() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link =
                    LINK.matcher(FENCED.matcher(Files.readString(document)).replaceAll(""));
            while (link.find()) {
                String target = link.group(1);
                if (target.contains("://") || target.startsWith("mailto:")) continue;
                if (!Files.exists(document.resolveSibling(target))) dead.add(document + " -> " + target);
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void documents_that_the_code_speaks_of_are_there() throws IOException {
        Pattern named = Pattern.compile("\\bdocs/[a-z0-9/_-]+\\.(?:md|yaml)");
        List<String> missing = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Matcher name = named.matcher(Files.readString(source));
                while (name.find())
                    if (!Files.exists(Path.of(name.group()))) missing.add(source + " -> " + name.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_decision_is_in_the_list_of_decisions_and_every_room_in_the_tables() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String architecture = Files.readString(Path.of("ARCHITECTURE.md"));
        try (Stream<Path> rooms = Files.list(Path.of("src/main/java/dev/tributary"))) {
            assertThat(rooms.filter(Files::isDirectory)
                            .map(room -> room.getFileName().toString()))
                    .allMatch(room -> readme.contains("`" + room + "`"), "named in README.md")
                    .allMatch(room -> architecture.contains("| " + room + " |"), "a row of ARCHITECTURE.md");
        }
        try (Stream<Path> decisions = Files.list(Path.of("docs/adr"))) {
            assertThat(decisions.map(decision -> decision.getFileName().toString()))
                    .allMatch(name -> architecture.contains("docs/adr/" + name), "linked from ARCHITECTURE.md");
        }
    }

    @Test
    void the_readme_has_at_most_120_lines() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(120);
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> found = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(
                                            "README.md",
                                            "ARCHITECTURE.md",
                                            "CONTRIBUTING.md",
                                            "CHANGELOG.md",
                                            "load-tests/README.md")
                                    .map(Path::of),
                            found.filter(file -> file.toString().endsWith(".md")))
                    .toList();
        }
    }
}
