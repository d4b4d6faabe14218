package dev.tributary.analytics.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlaceTest {
    @Test
    void a_place_comes_out_of_redis_as_it_went_in() {
        for (Place place : List.of(Place.of(1, 41, null, null), Place.of(57, 12_000_000_000L, 56, 12_000_000_001L)))
            assertThat(Place.unpacked(place.packed())).isEqualTo(place);
    }

    @Test
    void a_ranking_comes_out_of_redis_as_it_went_in() {
        BoardKey key = new BoardKey(UUID.randomUUID(), Span.ALL, Metric.EARNINGS);
        Board board = new Board(
                key,
                7,
                new Span.Days(null, LocalDate.of(2026, 11, 22)),
                "Asia/Kolkata",
                "JPY",
                50,
                2,
                new Place.Next(2, 1),
                List.of(new Board.Shown(UUID.randomUUID(), 1, "कि.\"ना\".", 3)),
                Instant.parse("2026-11-21T07:05:00.123456Z"));

        assertThat(Board.of(key, new JsonObject(board.json().encode()))).isEqualTo(board);
    }

    @Test
    void months_are_those_of_the_programs_time_zone() {
        Instant turn = Instant.parse("2026-02-28T23:30:00Z");

        assertThat(Span.MONTH.days(ZoneId.of("Europe/Berlin"), turn))
                .isEqualTo(new Span.Days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 2)));
        assertThat(Span.MONTH.days(ZoneId.of("UTC"), turn))
                .isEqualTo(new Span.Days(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 3, 1)));
        assertThat(Span.LAST_MONTH.days(ZoneId.of("Europe/Berlin"), turn))
                .isEqualTo(new Span.Days(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 3, 1)));
        assertThat(Span.ALL.days(ZoneId.of("UTC"), turn)).isEqualTo(new Span.Days(null, LocalDate.of(2026, 3, 1)));
    }

    @Test
    void a_generation_is_never_used_twice() {
        Instant now = Instant.ofEpochMilli(1_000);
        assertThat(Rankings.next(null, now)).isEqualTo(1_000);
        assertThat(Rankings.next(1_000L, now)).isEqualTo(1_001);
        assertThat(Rankings.next(5L, now)).isEqualTo(1_000);
    }
}
