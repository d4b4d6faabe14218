package dev.tributary.analytics;

import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import jakarta.ws.rs.core.UriInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads what statistics are asked for; what cannot be is a 400 that names the parameter. */
final class Asked {
    private static final int USUAL_ROWS = 100;
    /** Some 300 bytes each; whoever wants more takes CSV. */
    private static final int MOST_ROWS = 1_000;

    static final int MOST_ROWS_CSV = 10_000;

    private Asked() {}

    static GroupBy by(UriInfo uri, String name, Set<GroupBy> choice, GroupBy usual) {
        List<String> words = EnumSet.copyOf(choice).stream().map(GroupBy::word).toList();
        String word = Params.oneOf(uri, name, words);
        return word == null ? usual : GroupBy.of(word);
    }

    /** As many rows as the period has days where they stand for times, else what {@code limit} says. */
    static int limit(UriInfo uri, GroupBy by) {
        String text = uri.getQueryParameters().getFirst("limit");
        int limit = text == null ? USUAL_ROWS : text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST_ROWS)
            throw Problem.field("limit", "out_of_range", "limit is a number from 1 to " + MOST_ROWS);
        return by.isTime() ? MOST_ROWS : limit;
    }
}
