package dev.tributary;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ordered list of rooms, which is the architecture: a package imports only packages listed above its own, and a
 * package that is not listed may not be. ARCHITECTURE.md says what each is; rooms that are not built yet keep their place.
 */
final class Rooms {
    static final List<String> IN_ORDER = List.of(
            // the ground: no business nouns
            "money",
            "problem",
            "clock",
            "id",
            "crypto",
            "postgres",
            "redis",
            "page",
            "embedded",
            "outbox",
            "access",
            "audit",
            "privacy",
            "job",
            "stripe",
            // the business, upstream to downstream
            "ledger",
            "affiliate",
            "program",
            "promo",
            "link",
            "click",
            "conversion",
            "fraud",
            "commission",
            "payout",
            "analytics",
            "contest",
            "webhook",
            "email",
            "landing",
            "asset",
            "notification",
            "dashboard");

    /**
     * The doors of a room that is too large for one package, each a package of its own: one imports the room and the doors
     * before it, and nothing else knows it.
     */
    static final Map<String, List<String>> DOORS = Map.of(
            "conversion", List.of("track", "imports", "admin", "own", "stripe"), "payout", List.of("own", "admin"));

    private Rooms() {}

    /** Classes below this root package stand in a listed room and depend only on their own and on rooms above it. */
    static ArchCondition<JavaClass> areKeptBelow(String root) {
        return new ArchCondition<>("stand in a listed room and import only rooms above it") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                Optional<String> room = room(root, from);
                if (room.isPresent() && !IN_ORDER.contains(room.get())) {
                    events.add(SimpleConditionEvent.violated(
                            from, from.getName() + " stands in " + room.get() + ", which is not a room"));
                    return;
                }
                from.getDirectDependenciesFromSelf().forEach(dependency -> check(room, dependency, events));
            }

            private void check(Optional<String> room, Dependency dependency, ConditionEvents events) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (!target.getPackageName().startsWith(root)) return;
                Optional<String> other = room(root, target);
                if (!allowed(room, other))
                    events.add(SimpleConditionEvent.violated(
                            dependency, "%s must not import %s: %s".formatted(room, other, dependency)));
            }
        };
    }

    /** The entry point stands above all rooms: it may start any of them, and none may know it. */
    private static boolean allowed(Optional<String> from, Optional<String> to) {
        if (from.isEmpty()) return true;
        if (to.isEmpty()) return false;
        return IN_ORDER.indexOf(to.get()) <= IN_ORDER.indexOf(from.get()) && IN_ORDER.contains(to.get());
    }

    /** The first package below the root; empty for the root itself. */
    private static Optional<String> room(String root, JavaClass type) {
        String name = type.getPackageName();
        if (name.length() <= root.length()) return Optional.empty();
        String below = name.substring(root.length() + 1);
        int dot = below.indexOf('.');
        return Optional.of(dot < 0 ? below : below.substring(0, dot));
    }
}
