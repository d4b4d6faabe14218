package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md is the one table of all settings: none is missing, none is invented, defaults are true. */
class SettingsDocumentTest {
    /** Not an operator's: set by Main and by the build to tell a server from a batch command and from dev mode. */
    private static final Set<String> INTERNAL =
            Set.of("tributary.mode", "tributary.dev-mode", "tributary.embedded.dir");

    private static final Pattern READ_BY_NAME =
            Pattern.compile("@ConfigProperty\\(\\s*name = \"(tributary\\.[a-z.-]+)\""
                    + "(?:,\\s*defaultValue = \"([^\"]*)\")?|get(?:Optional)?Value\\(\"(tributary\\.[a-z.-]+)\"");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([A-Z0-9_]+)` \\| (?:`([^`]*)`)? ?\\|", Pattern.MULTILINE);
    private static final Pattern PROPERTY =
            Pattern.compile("^(?:%\\w+\\.)?(tributary\\.[a-z.-]+)=(.*)$", Pattern.MULTILINE);
    private static final Pattern VARIABLE = Pattern.compile("\\b(?:TRIBUTARY|QUARKUS)_[A-Z0-9_]*[A-Z0-9]\\b");

    private final Map<String, String> documented = rows();

    @Test
    void every_setting_that_the_application_reads_stands_in_the_table() {
        assertThat(documented.keySet()).containsAll(read().keySet());
    }

    @Test
    void every_setting_of_ours_in_the_table_is_read() {
        assertThat(documented.keySet().stream().filter(name -> name.startsWith("TRIBUTARY_")))
                .allMatch(read()::containsKey);
    }

    @Test
    void the_defaults_in_the_table_are_those_of_the_code() {
        read().forEach((name, value) -> assertThat(documented).containsEntry(name, value));
    }

    @Test
    void every_setting_that_documents_images_and_manifests_name_stands_in_the_table() {
        Set<String> named = new TreeSet<>();
        for (String place : List.of(
                "README.md",
                "CONTRIBUTING.md",
                "ARCHITECTURE.md",
                "docs",
                "k8s",
                "src/main/docker",
                "load-tests/README.md")) {
            files(Path.of(place)).forEach(file -> named.addAll(variables(file)));
        }
        // One row for all jobs; ManifestsTest looks at whether there is such a job.
        named.removeIf(name -> name.matches("TRIBUTARY_JOB_[A-Z_]+_SCHEDULE"));
        assertThat(documented.keySet()).containsAll(named);
    }

    /** Settings by their environment variable, with their default; '' = none. */
    private static Map<String, String> read() {
        Map<String, String> settings = new TreeMap<>();
        files(Path.of("src/main/java")).forEach(file -> {
            String text = text(file);
            Matcher named = READ_BY_NAME.matcher(text);
            while (named.find()) {
                String name = named.group(1) == null ? named.group(3) : named.group(1);
                if (!INTERNAL.contains(name))
                    settings.putIfAbsent(variable(name), named.group(2) == null ? "" : named.group(2));
            }
            if (text.contains("@ConfigMapping(")) settings.putAll(mapped(file));
        });
        Matcher fixed = PROPERTY.matcher(text(Path.of("src/main/resources/application.properties")));
        while (fixed.find()) {
            if (!fixed.group().startsWith("%"))
                settings.put(variable(fixed.group(1)), fixed.group(2).trim());
        }
        return settings;
    }

    private static Map<String, String> mapped(Path file) {
        String name = Path.of("src/main/java")
                .relativize(file)
                .toString()
                .replace(".java", "")
                .replace('/', '.');
        Map<String, String> settings = new TreeMap<>();
        try {
            Class<?> type = Class.forName(name, false, SettingsDocumentTest.class.getClassLoader());
            String prefix = type.getAnnotation(ConfigMapping.class).prefix();
            for (Method method : type.getDeclaredMethods()) {
                if (method.isSynthetic()) continue;
                String kebab = method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
                WithDefault value = method.getAnnotation(WithDefault.class);
                settings.put(variable(prefix + "." + kebab), value == null ? "" : value.value());
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return settings;
    }

    /** The name as MicroProfile Config reads it from the environment. */
    private static String variable(String property) {
        return property.replaceAll("[.-]", "_").toUpperCase(java.util.Locale.ROOT);
    }

    private static Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(text(Path.of("docs/configuration.md")));
        while (row.find()) {
            String twice = rows.put(row.group(1), row.group(2) == null ? "" : row.group(2));
            assertThat(twice).as("%s stands twice", row.group(1)).isNull();
        }
        return rows;
    }

    private static Set<String> variables(Path file) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(text(file));
        while (matcher.find()) found.add(matcher.group());
        return found;
    }

    private static Stream<Path> files(Path place) {
        try (Stream<Path> found = Files.walk(place)) {
            return found.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
