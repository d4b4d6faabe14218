package dev.tributary;

import static dev.tributary.Rendered.at;
import static dev.tributary.Rendered.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every object that a cluster gets, read as strictly as a cluster can: a field that its kind does not have fails. */
class RenderedManifestsTest {
    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("apps/v1 StatefulSet", StatefulSet.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("batch/v1 CronJob", CronJob.class),
            Map.entry("batch/v1 Job", Job.class),
            Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class));

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                /** The model keeps fields that it does not know; here each of them is a mistake. */
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .build();

    static Set<String> names() {
        return Rendered.ALL.keySet();
    }

    private static void read(Map<String, Object> object) {
        String kind = object.get("apiVersion") + " " + object.get("kind");
        Class<?> type = KINDS.get(kind);
        assertThat(type).as("a kind that is known here: %s", kind).isNotNull();
        try {
            STRICT.convertValue(object, type);
        } catch (IllegalArgumentException e) {
            throw new AssertionError(kind + " " + at(object, "metadata").get("name") + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_object_has_only_fields_that_its_kind_has(String name) {
        assertThat(Rendered.objects(name)).isNotEmpty().allSatisfy(RenderedManifestsTest::read);
    }

    @Test
    void a_misspelt_field_and_a_value_of_another_type_would_fail() {
        Map<String, Object> budget = Map.of("maxUnavailable", 1, "selektor", Map.of());
        assertThatThrownBy(() -> read(Map.of(
                        "apiVersion",
                        "policy/v1",
                        "kind",
                        "PodDisruptionBudget",
                        "metadata",
                        Map.of("name", "one"),
                        "spec",
                        budget)))
                .hasMessageContaining("selektor");
        assertThatThrownBy(() -> read(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ConfigMap",
                        "metadata",
                        Map.of("name", "two"),
                        "data",
                        Map.of("SWITCH", true))))
                .hasMessageContaining("ConfigMap two");
    }

    @ParameterizedTest
    @MethodSource("names")
    void what_is_kept_is_what_kubectl_makes_of_the_kustomization_now(String name) throws Exception {
        assumeTrue(kubectl("version", "--client") != null, "kubectl is not here");
        assertThat(kubectl("kustomize", Rendered.ALL.get(name).toString()))
                .as("kubectl kustomize %s > %s", Rendered.ALL.get(name), Rendered.kept(name))
                .isEqualTo(Files.readString(Rendered.kept(name)));
    }

    private static String kubectl(String... arguments) throws InterruptedException, IOException {
        Path out = Files.createTempFile("kubectl", ".out");
        try {
            Process process = new ProcessBuilder(Stream.concat(Stream.of("kubectl"), Stream.of(arguments))
                            .toList())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? Files.readString(out) : null;
        } catch (IOException absent) {
            return null;
        } finally {
            Files.deleteIfExists(out);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void no_pod_has_a_right_that_it_does_not_need_and_each_has_bounds(String name) {
        List<Map<String, Object>> makers = Rendered.objects(name).stream()
                .filter(one -> Rendered.pod(one).isPresent())
                .toList();
        assertThat(makers).isNotEmpty().allSatisfy(maker -> {
            Map<String, Object> pod = at(Rendered.pod(maker).orElseThrow(), "spec");
            assertThat(pod)
                    .containsEntry("automountServiceAccountToken", false)
                    .containsEntry("serviceAccountName", "tributary")
                    .doesNotContainKeys("hostNetwork", "hostPID", "hostIPC", "initContainers");
            assertThat(at(pod, "securityContext")).containsEntry("runAsNonRoot", true);
            assertThat(at(pod, "securityContext", "seccompProfile")).containsEntry("type", "RuntimeDefault");
            assertThat(list(pod, "containers")).hasSize(1);
            Map<String, Object> container = list(pod, "containers").get(0);
            assertThat(at(container, "securityContext"))
                    .containsEntry("allowPrivilegeEscalation", false)
                    .containsEntry("readOnlyRootFilesystem", true)
                    .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
            assertThat(at(container, "resources", "requests")).containsKeys("cpu", "memory");
            assertThat(at(container, "resources", "limits"))
                    .containsKey("memory")
                    .doesNotContainKey("cpu");
            list(pod, "volumes").stream()
                    .filter(volume -> volume.containsKey("emptyDir"))
                    .forEach(volume -> assertThat(at(volume, "emptyDir")).containsKey("sizeLimit"));
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void secrets_come_by_reference_and_only_what_pays_has_the_rails_keys(String name) {
        assertThat(Rendered.objects(name)).noneMatch(one -> "Secret".equals(one.get("kind")));
        Rendered.objects(name).stream()
                .filter(one -> Rendered.pod(one).isPresent())
                .forEach(maker -> {
                    Set<Object> secrets = list(Rendered.container(maker), "envFrom").stream()
                            .filter(from -> from.containsKey("secretRef"))
                            .map(from -> at(from, "secretRef").get("name"))
                            .collect(Collectors.toSet());
                    boolean pays = Set.of("Deployment", "CronJob").contains(maker.get("kind"));
                    assertThat(secrets).contains("tributary");
                    assertThat(secrets.contains("tributary-rails")).isEqualTo(pays);
                });
    }

    @Test
    void every_pod_is_in_the_reach_of_exactly_one_network_policy() {
        Map<Object, Integer> reached = new HashMap<>();
        Rendered.of("prod", "NetworkPolicy")
                .forEach(policy -> reached.merge(at(policy, "spec", "podSelector", "matchLabels"), 1, Integer::sum));
        Rendered.objects("prod").stream()
                .flatMap(one -> Rendered.pod(one).stream())
                .map(pod -> at(pod, "metadata", "labels").get("app.kubernetes.io/name"))
                .forEach(label -> assertThat(reached).containsEntry(Map.of("app.kubernetes.io/name", label), 1));
    }

    @Test
    void https_leads_anywhere_but_to_the_metadata_of_the_cloud() {
        assertThat(Rendered.of("prod", "NetworkPolicy")).hasSize(3).allSatisfy(policy -> {
            List<Map<String, Object>> egress = list(at(policy, "spec"), "egress");
            Map<String, Object> https = egress.stream()
                    .filter(rule -> list(rule, "ports").contains(Map.of("protocol", "TCP", "port", 443)))
                    .findFirst()
                    .orElseThrow();
            assertThat(list(https, "to")).hasSize(2).allMatch(to -> at(to, "ipBlock")
                    .containsKey("except"));
            assertThat(at(policy, "spec")).containsEntry("policyTypes", List.of("Ingress", "Egress"));
        });
    }

    @Test
    void both_kinds_of_instances_grow_fast_and_shrink_by_one_after_ten_calm_minutes() {
        assertThat(Rendered.of("prod", "HorizontalPodAutoscaler")).hasSize(2).allSatisfy(scaler -> {
            Map<String, Object> target = at(scaler, "spec", "scaleTargetRef");
            Map<String, Object> scaled = Rendered.one("prod", (String) target.get("kind"), (String) target.get("name"));
            assertThat(at(scaled, "spec"))
                    .as("a number of its own would fight the scaler's")
                    .doesNotContainKey("replicas");
            Map<String, Object> down = at(scaler, "spec", "behavior", "scaleDown");
            assertThat(down).containsEntry("stabilizationWindowSeconds", 600);
            assertThat(list(down, "policies")).singleElement().satisfies(policy -> assertThat(policy)
                    .containsEntry("type", "Pods")
                    .containsEntry("value", 1));
            assertThat(at(scaler, "spec")).containsEntry("minReplicas", 3);
        });
    }

    @Test
    void each_kind_of_instance_has_a_budget_of_one_that_may_be_away() {
        assertThat(Rendered.of("prod", "PodDisruptionBudget")
                        .map(one -> at(one, "spec", "selector", "matchLabels").get("app.kubernetes.io/name")))
                .containsExactlyInAnyOrder("tributary", "tributary-api");
        assertThat(Rendered.of("prod", "PodDisruptionBudget"))
                .allMatch(one -> Integer.valueOf(1).equals(at(one, "spec").get("maxUnavailable")));
    }
}
