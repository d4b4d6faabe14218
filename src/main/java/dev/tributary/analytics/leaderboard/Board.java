package dev.tributary.analytics.leaderboard;

import dev.tributary.analytics.leaderboard.Place.Next;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One ranking as it was computed last.
 *
 * @param generation goes up whenever a place or a name of it changes: what is known of it is good while it stays
 * @param ranked how many have a place
 * @param last who is last; null: nobody has a place
 * @param top the first {@value #MOST_SHOWN} at most, as they are shown
 */
record Board(
        BoardKey key,
        long generation,
        Span.Days days,
        String timeZone,
        String currency,
        int minimumClicks,
        int ranked,
        @Nullable Next last,
        List<Shown> top,
        Instant asOf) {
    /** A leaderboard is read from its top: some 10 KB. */
    static final int MOST_SHOWN = 100;

    Board {
        top = List.copyOf(top);
    }

    /**
     * One place as everybody sees it.
     *
     * @param affiliateId whose it is, which is told to nobody; needed when their name changes
     */
    record Shown(UUID affiliateId, int rank, String name, long value) {
        Shown as(String otherName) {
            return new Shown(affiliateId, rank, otherName, value);
        }
    }

    static JsonArray json(List<Shown> top) {
        JsonArray array = new JsonArray();
        top.forEach(each -> array.add(new JsonObject()
                .put("id", each.affiliateId.toString())
                .put("rank", each.rank)
                .put("name", each.name)
                .put("value", each.value)));
        return array;
    }

    static List<Shown> top(JsonArray array) {
        return IntStream.range(0, array.size())
                .mapToObj(array::getJsonObject)
                .map(each -> new Shown(
                        UUID.fromString(each.getString("id")),
                        each.getInteger("rank"),
                        each.getString("name"),
                        each.getLong("value")))
                .toList();
    }

    /** As Redis keeps it. */
    JsonObject json() {
        return new JsonObject()
                .put("generation", generation)
                .put("from", days.from() == null ? null : days.from().toString())
                .put("to", days.to().toString())
                .put("timeZone", timeZone)
                .put("currency", currency)
                .put("minimumClicks", minimumClicks)
                .put("ranked", ranked)
                .put("lastRank", last == null ? null : last.rank())
                .put("lastValue", last == null ? null : last.value())
                .put("top", json(top))
                .put("asOf", asOf.toString());
    }

    static Board of(BoardKey key, JsonObject json) {
        @Nullable String from = json.getString("from");
        return new Board(
                key,
                json.getLong("generation"),
                new Span.Days(from == null ? null : LocalDate.parse(from), LocalDate.parse(json.getString("to"))),
                json.getString("timeZone"),
                json.getString("currency"),
                json.getInteger("minimumClicks"),
                json.getInteger("ranked"),
                Next.of(json.getInteger("lastRank"), json.getLong("lastValue")),
                top(json.getJsonArray("top")),
                Instant.parse(json.getString("asOf")));
    }
}
