package dev.tributary.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WinnersTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<Prize> PRIZES = List.of(new Prize(100, "gold"), new Prize(50, ""), new Prize(0, "a cap"));

    private static Score score(int number, long value, int second) {
        return new Score(new UUID(0, number), new UUID(1, number), 0, value, START.plusSeconds(second));
    }

    private static List<String> won(List<Score> scores, TieRule rule) {
        return Winners.of(scores, rule, PRIZES).stream()
                .map(w -> "%d: %d wins %d %s"
                        .formatted(
                                w.rank(), w.score().affiliateId().getLeastSignificantBits(), w.prizeMinor(), w.prize())
                        .strip())
                .toList();
    }

    @Test
    void without_ties_each_place_has_its_prize_whatever_the_rule() {
        List<Score> scores = List.of(score(1, 5, 0), score(2, 9, 0), score(3, 7, 0), score(4, 1, 0));
        for (TieRule rule : TieRule.values())
            assertThat(won(scores, rule)).containsExactly("1: 2 wins 100 gold", "2: 3 wins 50", "3: 1 wins 0 a cap");
    }

    @Test
    void those_who_tie_share_the_money_of_the_places_that_they_hold_to_the_last_cent() {
        List<Score> scores = List.of(score(1, 9, 30), score(2, 9, 10), score(3, 9, 20), score(4, 8, 0));
        assertThat(won(scores, TieRule.SHARED))
                .containsExactly("1: 2 wins 50 gold", "1: 3 wins 50 gold", "1: 1 wins 50 gold");
        List<Score> behind = List.of(score(1, 9, 0), score(2, 8, 5), score(3, 8, 4), score(4, 8, 3));
        assertThat(won(behind, TieRule.SHARED))
                .containsExactly("1: 1 wins 100 gold", "2: 4 wins 17", "2: 3 wins 17", "2: 2 wins 16");
    }

    @Test
    void who_had_the_value_first_is_ahead_where_that_is_the_rule() {
        List<Score> scores = List.of(score(1, 9, 30), score(2, 9, 10), score(3, 9, 20), score(4, 9, 40));
        assertThat(won(scores, TieRule.FIRST_REACHED))
                .containsExactly("1: 2 wins 100 gold", "2: 3 wins 50", "3: 1 wins 0 a cap");
    }

    @Test
    void a_tie_wins_nothing_where_that_is_the_rule_and_who_is_behind_keeps_their_place() {
        List<Score> scores = List.of(score(1, 9, 30), score(2, 9, 10), score(3, 8, 20), score(4, 7, 40));
        assertThat(won(scores, TieRule.NONE)).containsExactly("3: 3 wins 0 a cap");
    }

    @Test
    void nobody_wins_where_nobody_took_part() {
        assertThat(won(List.of(), TieRule.SHARED)).isEmpty();
    }

    @Test
    void winners_do_not_depend_on_the_order_of_the_standings_and_never_get_more_than_was_promised() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<Prize> prizes = IntStream.range(0, 1 + random.nextInt(5))
                    .mapToObj(i -> new Prize(random.nextInt(1_000), "p"))
                    .toList();
            List<Score> scores = new ArrayList<>(IntStream.range(0, random.nextInt(12))
                    .mapToObj(i -> score(i, 1 + random.nextInt(4), random.nextInt(3)))
                    .toList());
            TieRule rule = TieRule.values()[random.nextInt(TieRule.values().length)];
            List<Winners.Won> winners = Winners.of(scores, rule, prizes);
            Collections.shuffle(scores, random);

            assertThat(Winners.of(scores, rule, prizes)).as("seed %d", seed).isEqualTo(winners);
            assertThat(winners.stream().mapToLong(Winners.Won::prizeMinor).sum())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(
                            prizes.stream().mapToLong(Prize::amountMinor).sum());
            if (rule != TieRule.NONE && scores.size() >= prizes.size())
                assertThat(winners.stream().mapToLong(Winners.Won::prizeMinor).sum())
                        .as("seed %d", seed)
                        .isEqualTo(prizes.stream().mapToLong(Prize::amountMinor).sum());
            assertThat(winners.stream().map(w -> w.score().affiliateId())).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_tie_of_more_than_can_be_booked_at_once_is_cut_by_who_was_first() {
        List<Score> scores = IntStream.range(0, Winners.MOST + 10)
                .mapToObj(i -> score(i, 5, Winners.MOST + 10 - i))
                .toList();
        List<Winners.Won> winners = Winners.of(scores, TieRule.SHARED, List.of(new Prize(Winners.MOST, "")));
        assertThat(winners).hasSize(Winners.MOST).allMatch(w -> w.prizeMinor() == 1);
        assertThat(winners.get(0).score()).isEqualTo(scores.get(scores.size() - 1));
    }
}
