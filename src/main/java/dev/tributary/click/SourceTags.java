package dev.tributary.click;

import dev.tributary.id.Ids;
import io.vertx.sqlclient.SqlClient;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps the rollup small: the first hundred source tags of a link and UTC day have rows of their own, the rest are
 * {@code (other)}. PostgreSQL decides, so all instances agree; what it said is remembered. Used by one thread.
 */
final class SourceTags {
    static final String OTHER = "(other)";
    private static final int REMEMBERED = 200_000;

    private final int atMost;
    private final Map<Tag, Boolean> admitted = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Tag, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** A source tag of a link on a day. */
    record Tag(UUID linkId, LocalDate day, String src) {}

    SourceTags(int atMost) {
        this.atMost = atMost;
    }

    /** The name under which each click is counted. */
    String[] counted(SqlClient client, List<LandedClick> clicks) {
        Set<Tag> unknown = new LinkedHashSet<>();
        for (LandedClick click : clicks) {
            if (!click.click().src().isEmpty() && !admitted.containsKey(tag(click))) unknown.add(tag(click));
        }
        if (!unknown.isEmpty()) ask(client, List.copyOf(unknown));
        return clicks.stream().map(this::name).toArray(String[]::new);
    }

    private void ask(SqlClient client, List<Tag> unknown) {
        Set<Tag> in = Wait.forAnswer(ClickRepository.admit(client, unknown, atMost));
        for (Tag tag : unknown) admitted.put(tag, in.contains(tag));
    }

    private String name(LandedClick click) {
        String src = click.click().src();
        return src.isEmpty() || Boolean.TRUE.equals(admitted.get(tag(click))) ? src : OTHER;
    }

    private static Tag tag(LandedClick click) {
        LocalDate day = Ids.timeOf(click.click().id()).atZone(ZoneOffset.UTC).toLocalDate();
        return new Tag(click.click().linkId(), day, click.click().src());
    }
}
