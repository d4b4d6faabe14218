package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What the manifests and the compose file must say so that no acknowledged click is lost; see docs/adr/0001. */
class ManifestsTest {
    private static final Path K8S = Path.of("k8s");
    private static final Path STATEFUL_SET = K8S.resolve("base/statefulset.yaml");

    private final Map<String, Object> set = yaml(STATEFUL_SET).get(0);
    private final Map<String, Object> pod = map(set, "spec", "template", "spec");
    private final Map<String, Object> container = first(pod, "containers");

    @Test
    void every_instance_has_a_journal_of_its_own_on_a_volume_that_one_pod_alone_may_mount() {
        assertThat(set).containsEntry("kind", "StatefulSet");
        Map<String, Object> claim = first(map(set, "spec"), "volumeClaimTemplates");
        assertThat(map(claim, "spec")).containsEntry("accessModes", List.of("ReadWriteOncePod"));
        Map<String, Object> mount = named(container, "volumeMounts", "journal");
        assertThat(map(claim, "metadata")).containsEntry("name", "journal");
        assertThat(settings().get("TRIBUTARY_CLICK_JOURNAL_DIR")).startsWith(mount.get("mountPath") + "/");
        assertThat(list(pod, "volumes")).noneMatch(volume -> "journal".equals(volume.get("name")));
    }

    @Test
    void journals_outlive_the_set_and_its_smaller_size() {
        assertThat(map(set, "spec", "persistentVolumeClaimRetentionPolicy"))
                .isEqualTo(Map.of("whenDeleted", "Retain", "whenScaled", "Retain"));
    }

    @Test
    void an_instance_has_two_minutes_to_land_what_it_holds() {
        assertThat(pod).containsEntry("terminationGracePeriodSeconds", 120);
        assertThat((int) map(container, "lifecycle", "preStop", "sleep").get("seconds"))
                .isBetween(1, 30);
    }

    @Test
    void liveness_asks_for_the_process_alone_and_readiness_for_its_own_path() {
        assertThat(map(container, "livenessProbe", "httpGet")).containsEntry("path", "/q/health/live");
        assertThat(map(container, "startupProbe", "httpGet")).containsEntry("path", "/q/health/live");
        assertThat(map(container, "readinessProbe", "httpGet")).containsEntry("path", "/q/health/ready");
    }

    @Test
    void a_pod_has_no_rights_it_does_not_need() {
        assertThat(map(pod, "securityContext")).containsEntry("runAsNonRoot", true);
        assertThat(map(pod, "securityContext", "seccompProfile")).containsEntry("type", "RuntimeDefault");
        assertThat(map(container, "securityContext"))
                .containsEntry("allowPrivilegeEscalation", false)
                .containsEntry("readOnlyRootFilesystem", true)
                .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
        assertThat(pod).containsEntry("automountServiceAccountToken", false);
    }

    @Test
    void memory_is_bounded_and_processor_time_is_not() {
        assertThat(map(container, "resources", "requests")).containsKeys("cpu", "memory");
        assertThat(map(container, "resources", "limits")).containsKey("memory").doesNotContainKey("cpu");
    }

    @Test
    void instances_are_spread_over_nodes_and_zones_and_leave_one_at_a_time() {
        assertThat(list(pod, "topologySpreadConstraints"))
                .extracting(one -> one.get("topologyKey"))
                .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
        Map<String, Object> budget =
                yaml(K8S.resolve("base/disruption-budget.yaml")).get(0);
        assertThat(map(budget, "spec")).containsEntry("maxUnavailable", 1);
    }

    @Test
    void one_service_takes_visitors_and_a_headless_one_names_the_instances() {
        List<Map<String, Object>> services = yaml(K8S.resolve("base/service.yaml"));
        assertThat(services.stream().filter(one -> selects(map(one, "spec", "selector"))))
                .hasSize(2);
        Map<String, Object> headless = services.stream()
                .filter(one -> "None".equals(map(one, "spec").get("clusterIP")))
                .findFirst()
                .orElseThrow();
        assertThat(map(set, "spec"))
                .containsEntry("serviceName", map(headless, "metadata").get("name"));
    }

    @Test
    void only_http_comes_in() {
        Map<String, Object> policy =
                yaml(K8S.resolve("base/network-policy.yaml")).get(0);
        assertThat(selects(map(policy, "spec", "podSelector", "matchLabels"))).isTrue();
        assertThat(map(policy, "spec")).containsEntry("policyTypes", List.of("Ingress", "Egress"));
        assertThat(list(first(map(policy, "spec"), "ingress"), "ports"))
                .containsExactly(Map.of("protocol", "TCP", "port", "http"));
    }

    @Test
    void secrets_come_by_reference_and_stand_in_no_file() {
        assertThat(list(container, "envFrom")).contains(Map.of("secretRef", Map.of("name", "tributary")));
        files().forEach(file -> assertThat(text(file))
                .as("%s", file)
                .doesNotContain("kind: Secret")
                .doesNotContain("secretGenerator")
                .doesNotContainPattern("PASSWORD[=:]"));
    }

    @Test
    void only_the_dev_overlay_throws_journals_away() {
        assertThat(files().filter(file -> text(file).contains("volumeClaimTemplates")))
                .containsExactlyInAnyOrder(STATEFUL_SET, K8S.resolve("overlays/dev/throwaway-journal.yaml"));
    }

    @Test
    void every_file_is_named_by_a_kustomization_and_every_name_is_a_file() {
        Set<Path> named = new TreeSet<>();
        files().filter(file -> file.endsWith("kustomization.yaml")).forEach(file -> {
            Map<String, Object> content = yaml(file).get(0);
            Stream.of("resources", "components", "patches")
                    .flatMap(part -> ((List<?>) content.getOrDefault(part, List.of())).stream())
                    .map(one -> one instanceof Map<?, ?> patch ? (String) patch.get("path") : (String) one)
                    .forEach(name -> named.add(file.resolveSibling(name).normalize()));
        });
        assertThat(named).allMatch(Files::exists);
        assertThat(files().filter(file -> !file.endsWith("kustomization.yaml"))).allMatch(named::contains);
    }

    @Test
    void what_needs_a_journal_goes_to_the_edge_what_is_for_the_world_to_the_api_and_the_rest_nowhere() {
        Map<String, Object> rule =
                first(map(yaml(K8S.resolve("overlays/prod/ingress.yaml")).get(0), "spec"), "rules");
        Map<String, String> ways = list(map(rule, "http"), "paths").stream()
                .collect(Collectors.toMap(one -> (String) one.get("path"), one ->
                        (String) map(one, "backend", "service").get("name")));
        assertThat(ways)
                .containsEntry("/r", "tributary")
                .containsEntry("/t.js", "tributary")
                .containsEntry("/api/track/click", "tributary")
                .doesNotContainKeys("/", "/metrics", "/q");
        assertThat(sources().flatMap(source -> matches(source, "@Path\\(\"(/[a-z]+)[/\"]")))
                .isNotEmpty()
                .allSatisfy(root -> assertThat(ways).containsEntry(root, "tributary-api"));
    }

    @Test
    void only_the_edge_has_a_journal_and_only_the_api_does_what_need_not_be_done_at_the_edge() {
        Map<String, Object> api = Rendered.container(Rendered.one("prod", "Deployment", "tributary-api"));
        assertThat(list(api, "env")).contains(Map.of("name", "TRIBUTARY_CLICK_EDGE", "value", "false"));
        assertThat(list(container, "env"))
                .isNotEmpty()
                .allMatch(one -> "false".equals(one.get("value")))
                .noneMatch(one -> "TRIBUTARY_CLICK_EDGE".equals(one.get("name")));
    }

    @Test
    void compose_keeps_the_journal_and_gives_time_to_land_it() {
        Map<String, Object> services =
                map(yaml(Path.of("src/main/docker/compose.yaml")).get(0), "services");
        assertThat(services).containsOnlyKeys("tributary", "postgres", "redis", "keycloak");
        Map<String, Object> tributary = map(services, "tributary");
        assertThat(tributary)
                .containsEntry("stop_grace_period", "120s")
                .containsEntry("volumes", List.of("journal:/journal"));
        assertThat(Path.of("src/main/docker", (String) map(tributary, "build").get("context"))
                        .resolve((String) map(tributary, "build").get("dockerfile")))
                .exists();
    }

    @Test
    void the_realm_has_the_roles_that_the_api_knows() {
        Map<String, Object> realm =
                yaml(Path.of("src/main/docker/keycloak-realm.json")).get(0);
        assertThat(list(map(realm, "roles"), "realm"))
                .extracting(role -> role.get("name"))
                .contains("admin", "finance", "support", "affiliate")
                .containsAll(sources()
                        .flatMap(source -> matches(source, "@RolesAllowed\\(\\{?([^)}]*)"))
                        .flatMap(roles -> matches(roles, "\"(\\w+)\""))
                        .collect(Collectors.toSet()));
        assertThat(list(realm, "users")).allMatch(user -> !((List<?>) user.get("realmRoles")).isEmpty());
    }

    private static boolean selects(Map<String, Object> labels) {
        return labels.equals(Map.of("app.kubernetes.io/name", "tributary"));
    }

    private static Map<String, String> settings() {
        Map<String, Object> kustomization =
                yaml(K8S.resolve("base/kustomization.yaml")).get(0);
        List<?> literals = (List<?>) first(kustomization, "configMapGenerator").get("literals");
        return literals.stream()
                .map(one -> ((String) one).split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static Stream<Path> files() {
        return walk(K8S, ".yaml");
    }

    private static Stream<String> sources() {
        return walk(Path.of("src/main/java"), ".java").map(ManifestsTest::text);
    }

    private static Stream<Path> walk(Path directory, String suffix) {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(file -> file.toString().endsWith(suffix)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> matches(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) found.add(matcher.group(1));
        return found.stream();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> yaml(Path file) {
        List<Map<String, Object>> documents = new ArrayList<>();
        new Yaml()
                .loadAll(text(file))
                .forEach(one -> documents.add(one instanceof Map ? (Map<String, Object>) one : Map.of()));
        return documents;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> from, String... path) {
        Map<String, Object> at = from;
        for (String name : path) {
            assertThat(at).containsKey(name);
            at = (Map<String, Object>) at.get(name);
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> from, String name) {
        assertThat(from).containsKey(name);
        return (List<Map<String, Object>>) from.get(name);
    }

    private static Map<String, Object> first(Map<String, Object> from, String name) {
        return list(from, name).get(0);
    }

    private static Map<String, Object> named(Map<String, Object> from, String list, String name) {
        return list(from, list).stream()
                .filter(one -> name.equals(one.get("name")))
                .findFirst()
                .orElseThrow();
    }
}
