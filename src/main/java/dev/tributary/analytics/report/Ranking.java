package dev.tributary.analytics.report;

import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import jakarta.ws.rs.core.UriInfo;

/**
 * How rows are ranked and how many are shown.
 *
 * @param minimum the smallest sample, as {@link RankBy#sample} counts it
 */
record Ranking(RankBy by, int minimum, int limit) {
    static final int USUAL_ROWS = 100;
    /** Some 400 bytes each; whoever wants more takes CSV. */
    static final int MOST_ROWS = 1_000;

    static final int MOST_ROWS_CSV = 10_000;
    private static final int MOST_MINIMUM = 1_000_000;

    /** Reads {@code sort}, {@code minimum} and {@code limit}; a 400 names what cannot be so. */
    static Ranking of(UriInfo uri, RankBy usual) {
        String word = Params.oneOf(uri, "sort", RankBy.WORDS);
        RankBy by = word == null ? usual : RankBy.of(word);
        return new Ranking(
                by,
                number(uri, "minimum", 0, MOST_MINIMUM, by.usualMinimum),
                number(uri, "limit", 1, MOST_ROWS, USUAL_ROWS));
    }

    Ranking whole() {
        return new Ranking(by, minimum, MOST_ROWS_CSV);
    }

    static int number(UriInfo uri, String name, int least, int most, int usual) {
        String text = uri.getQueryParameters().getFirst(name);
        if (text == null) return usual;
        int number = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most)
            throw Problem.field(name, "out_of_range", "%s is a number from %d to %d".formatted(name, least, most));
        return number;
    }
}
