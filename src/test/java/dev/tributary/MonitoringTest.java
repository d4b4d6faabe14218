package dev.tributary;

import static dev.tributary.Rendered.at;
import static dev.tributary.Rendered.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts and the board against the metrics that the application makes, by the names that Prometheus sees. */
class MonitoringTest {
    private static final Pattern MADE =
            Pattern.compile("(\\w+)(?:\\.builder)?\\(\\s*\"(tributary\\.[a-z.]+)\"\\s*[,)]");
    private static final Pattern ASKED = Pattern.compile("\\btributary_[a-z_]+");
    /** By what makes it: the ends of its names. */
    private static final Map<String, List<String>> ENDS = Map.of(
            "counter", List.of("_total"),
            "Counter", List.of("_total"),
            "FunctionCounter", List.of("_total"),
            "Timer", List.of("_seconds_count", "_seconds_sum", "_seconds_max", "_seconds_bucket"),
            "timer", List.of("_seconds_count", "_seconds_sum", "_seconds_max", "_seconds_bucket"),
            "gauge", List.of(""),
            "Gauge", List.of(""),
            "gaugeMapSize", List.of(""));

    /** Names that tell of something that a person must look at. */
    private static final Pattern TROUBLE = Pattern.compile(
            "unjournalled|quarantined|failures|parked|refused|waiting|backlog|since_refresh|last_success|local|alarms|tasks|unexplained|overdue");
    /** Guests who ask too often are turned away, which is as it should be. */
    private static final Set<String> NO_TROUBLE = Set.of("tributary_access_rate_refused");

    /** Each metric, as far as its name is fixed, with the names under which it can be asked for. */
    private static final Map<String, List<String>> METRICS = made();

    private static final Set<String> ALERTED =
            rules().flatMap(rule -> asked((String) rule.get("expr"))).collect(Collectors.toCollection(TreeSet::new));
    private static final Set<String> DRAWN =
            targets().flatMap(MonitoringTest::asked).collect(Collectors.toCollection(TreeSet::new));

    @Test
    void alerts_ask_for_metrics_that_the_application_makes() {
        assertThat(ALERTED).isNotEmpty().allMatch(MonitoringTest::isMade, "made in src/main/java");
    }

    @Test
    void the_board_draws_metrics_that_the_application_makes() {
        assertThat(DRAWN).isNotEmpty().allMatch(MonitoringTest::isMade, "made in src/main/java");
    }

    @Test
    void every_metric_is_on_the_board() {
        METRICS.forEach((metric, names) ->
                assertThat(DRAWN).as("names of %s that are drawn", metric).containsAnyElementsOf(names));
    }

    @Test
    void every_metric_that_tells_of_trouble_has_an_alert() {
        assertThat(METRICS).anySatisfy((metric, names) -> assertThat(metric).containsPattern(TROUBLE));
        METRICS.forEach((metric, names) -> {
            if (TROUBLE.matcher(metric).find() && !NO_TROUBLE.contains(metric))
                assertThat(ALERTED)
                        .as("names of %s that an alert asks for", metric)
                        .containsAnyElementsOf(names);
        });
    }

    @Test
    void every_alert_says_what_is_wrong_what_to_do_and_how_much_of_a_hurry_there_is() {
        assertThat(rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(at(rule, "annotations")).containsKeys("summary", "action");
            assertThat(at(rule, "labels").get("severity")).isIn("critical", "warning");
        });
        assertThat(rules().map(rule -> rule.get("alert"))).doesNotHaveDuplicates();
    }

    @Test
    void both_kinds_of_instances_are_watched() {
        Map<String, Object> monitor = Rendered.one("prod", "PodMonitor", "tributary");
        assertThat(list(at(monitor, "spec", "selector"), "matchExpressions").get(0))
                .containsEntry("values", List.of("tributary", "tributary-api"));
    }

    private static boolean isMade(String name) {
        return METRICS.values().stream().anyMatch(names -> names.contains(name));
    }

    private static Stream<String> asked(String expression) {
        return ASKED.matcher(expression).results().map(MatchResult::group);
    }

    private static Stream<Map<String, Object>> rules() {
        return list(at(Rendered.one("prod", "PrometheusRule", "tributary"), "spec"), "groups").stream()
                .flatMap(group -> list(group, "rules").stream());
    }

    /** As Grafana gets it: the file within the ConfigMap. */
    private static Stream<String> targets() {
        Map<String, Object> map = Rendered.one("prod", "ConfigMap", "tributary-board");
        JsonArray panels = new JsonObject((String) at(map, "data").get("board.json")).getJsonArray("panels");
        return panels.stream()
                .map(JsonObject.class::cast)
                .flatMap(panel -> panel.getJsonArray("targets", new JsonArray()).stream())
                .map(target -> ((JsonObject) target).getString("expr"));
    }

    private static Map<String, List<String>> made() {
        Map<String, List<String>> made = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList())
                MADE.matcher(Files.readString(file)).results().forEach(one -> {
                    List<String> ends = ENDS.get(one.group(1));
                    if (ends == null) return;
                    String metric = one.group(2).replace('.', '_');
                    made.put(metric, ends.stream().map(metric::concat).toList());
                });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made;
    }
}
