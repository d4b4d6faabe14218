package dev.tributary.contest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Decides who wins what. A pure function of the final standings, so that it can be done again and gives the same. */
final class Winners {
    /** One transaction books them all. Where more tie for a prize than this, those win who had the value first. */
    static final int MOST = 1_000;

    private Winners() {}

    /**
     * One winner.
     *
     * @param rank of the prize
     * @param prizeMinor its part of the money, 0 where there is none
     */
    record Won(Score score, int rank, long prizeMinor, String prize) {}

    /** @param scores in any order, at least all whose rank has a prize */
    static List<Won> of(List<Score> scores, TieRule rule, List<Prize> prizes) {
        List<Score> ordered = scores.stream().sorted(Score.ORDER).toList();
        List<Won> winners = new ArrayList<>();
        int place = 0;
        while (place < ordered.size() && place < prizes.size()) {
            int end = rule == TieRule.FIRST_REACHED ? place + 1 : endOfTie(ordered, place);
            List<Score> tied = ordered.subList(place, end);
            boolean given = rule != TieRule.NONE || tied.size() == 1;
            if (given) winners.addAll(shared(tied, place, prizes));
            place = end;
        }
        return winners.subList(0, Math.min(MOST, winners.size()));
    }

    private static int endOfTie(List<Score> ordered, int place) {
        long value = ordered.get(place).value();
        return (int) IntStream.range(place, Math.min(ordered.size(), place + MOST))
                        .takeWhile(i -> ordered.get(i).value() == value)
                        .count()
                + place;
    }

    /** The money of the places that they hold, in equal parts that sum exactly; what cannot be divided goes to the first. */
    private static List<Won> shared(List<Score> tied, int place, List<Prize> prizes) {
        long money = prizes.subList(place, Math.min(prizes.size(), place + tied.size())).stream()
                .mapToLong(Prize::amountMinor)
                .reduce(0, Math::addExact);
        long part = money / tied.size();
        long rest = money % tied.size();
        String what = prizes.get(place).description();
        return IntStream.range(0, tied.size())
                .mapToObj(i -> new Won(tied.get(i), place + 1, part + (i < rest ? 1 : 0), what))
                .toList();
    }
}
