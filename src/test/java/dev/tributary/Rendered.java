package dev.tributary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Manifests as the cluster gets them: what kubectl makes of a kustomization, kept in src/test/resources/k8s so that they are
 * checked where there is no kubectl, and so that a change of them is seen in a review.
 */
final class Rendered {
    /** Each kept file with the folder it is made of. */
    static final Map<String, Path> ALL = new LinkedHashMap<>();

    static {
        ALL.put("dev", Path.of("k8s/overlays/dev"));
        ALL.put("prod", Path.of("k8s/overlays/prod"));
        ALL.put("land", Path.of("k8s/land"));
    }

    private Rendered() {}

    static Path kept(String name) {
        return Path.of("src/test/resources/k8s", name + ".yaml");
    }

    static List<Map<String, Object>> objects(String name) {
        try {
            return parse(Files.readString(kept(name)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A key that stands twice is a mistake that YAML would pass over. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> parse(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Map<String, Object>> all = new ArrayList<>();
        new Yaml(new SafeConstructor(options)).loadAll(text).forEach(one -> all.add((Map<String, Object>) one));
        return all;
    }

    static Stream<Map<String, Object>> of(String name, String kind) {
        return objects(name).stream().filter(one -> kind.equals(one.get("kind")));
    }

    static Map<String, Object> one(String name, String kind, String called) {
        return of(name, kind)
                .filter(each -> called.equals(at(each, "metadata").get("name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no %s %s in %s".formatted(kind, called, name)));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> at(Map<String, Object> from, String... path) {
        Map<String, Object> at = from;
        for (String name : path) {
            Object next = at.get(name);
            if (!(next instanceof Map)) throw new AssertionError("There is no %s in %s".formatted(name, at.keySet()));
            at = (Map<String, Object>) next;
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Map<String, Object> from, String name) {
        Object found = from.get(name);
        if (!(found instanceof List)) throw new AssertionError("There is no list %s".formatted(name));
        return (List<Map<String, Object>>) found;
    }

    /** The pod that an object makes, where it makes any. */
    static Optional<Map<String, Object>> pod(Map<String, Object> object) {
        return switch (String.valueOf(object.get("kind"))) {
            case "StatefulSet", "Deployment", "Job" -> Optional.of(at(object, "spec", "template"));
            case "CronJob" -> Optional.of(at(object, "spec", "jobTemplate", "spec", "template"));
            default -> Optional.empty();
        };
    }

    static Map<String, Object> container(Map<String, Object> object) {
        return list(at(pod(object).orElseThrow(), "spec"), "containers").get(0);
    }
}
