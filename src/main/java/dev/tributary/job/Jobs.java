package dev.tributary.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** All jobs of this binary, by name. */
@ApplicationScoped
class Jobs {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    /** Words that mean something else on the command line or in settings. */
    private static final Set<String> TAKEN = Set.of("list", "runs", "help", "schedule");

    private final TreeMap<String, Job> byName = new TreeMap<>();

    Jobs(Instance<Job> found) {
        for (Job job : found) {
            String name = job.name();
            boolean good = NAME.matcher(name).matches() && !TAKEN.contains(name);
            if (!good) throw new IllegalStateException("No job can be called " + name);
            if (byName.put(name, job) != null) throw new IllegalStateException("Two jobs are called " + name);
        }
    }

    List<Job> all() {
        return List.copyOf(byName.values());
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    Optional<Job> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
