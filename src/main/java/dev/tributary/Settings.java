package dev.tributary;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * The settings without which nothing can start, looked at before anything does: a wrong one is told in one sentence, where
 * the framework would print a page of stack traces. All other settings are checked where they are declared.
 */
final class Settings {
    /** As {@code sysexits.h} has it, EX_CONFIG: an orchestrator can tell it from a crash. */
    private static final int WRONG_SETTING = 78;

    private static final String POSTGRES = "quarkus.datasource.reactive.url";
    private static final String REDIS = "quarkus.redis.hosts";

    private Settings() {}

    /** Ends this process, after saying why, where a setting is missing or wrong. */
    static void orExit(Config config) {
        List<String> wrong = wrong(config);
        if (wrong.isEmpty()) return;
        wrong.forEach(System.err::println);
        System.exit(WRONG_SETTING);
    }

    /** One sentence for each; values are left out, because they may hold passwords. */
    static List<String> wrong(Config config) {
        return Stream.of(
                        check(config, POSTGRES, "postgresql://host:5432/database", "postgresql://"),
                        check(config, REDIS, "redis://host:6379", "redis://", "rediss://", "unix://"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> check(Config config, String name, String example, String... schemes) {
        Optional<String> value = config.getOptionalValue(name, String.class);
        if (value.filter(v -> Stream.of(schemes).anyMatch(s -> v.startsWith(s) && v.length() > s.length()))
                .isPresent()) return Optional.empty();
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
        String what = value.isPresent() ? " is no address of the form " : " is not set; it takes an address like ";
        return Optional.of("Tributary does not start: " + variable + what + example + ".");
    }
}
