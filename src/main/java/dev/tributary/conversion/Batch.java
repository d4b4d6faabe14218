package dev.tributary.conversion;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Events that came together, each told once however often it is among them. */
final class Batch {
    private final List<Incoming> told;
    private final Map<EventKey, Incoming> first = new LinkedHashMap<>();

    Batch(List<Incoming> events) {
        if (events.size() > Conversions.MOST)
            throw new IllegalArgumentException("At most " + Conversions.MOST + " events at once");
        told = List.copyOf(events);
        told.forEach(event -> first.putIfAbsent(EventKey.of(event), event));
    }

    Set<EventKey> keys() {
        return first.keySet();
    }

    /** One for each event that is not known, in the order in which they were told. */
    List<Draft> drafts(Map<EventKey, Known> known, Supplier<UUID> ids) {
        return first.entrySet().stream()
                .filter(entry -> !known.containsKey(entry.getKey()))
                .map(entry -> Draft.first(ids.get(), entry.getValue()))
                .toList();
    }

    /** One for each event as it was told: those that this batch stored, and what was stored before it. */
    List<Outcome> outcomes(List<Draft> stored, Map<EventKey, Known> known) {
        Map<EventKey, Draft> byKey = stored.stream().collect(Collectors.toMap(d -> EventKey.of(d.event()), d -> d));
        Set<EventKey> seen = new HashSet<>();
        return told.stream()
                .map(event -> outcome(event, byKey, known, seen.add(EventKey.of(event))))
                .toList();
    }

    private static Outcome outcome(
            Incoming event, Map<EventKey, Draft> stored, Map<EventKey, Known> known, boolean first) {
        EventKey key = EventKey.of(event);
        Draft draft = stored.get(key);
        if (draft == null) {
            Known found = known.get(key);
            if (found == null) throw new IllegalStateException("An event was neither stored nor known");
            return found.answer(event);
        }
        return first ? draft.outcome(Outcome.Repeat.NEW) : Known.of(draft).answer(event);
    }
}
