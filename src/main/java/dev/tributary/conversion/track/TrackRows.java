package dev.tributary.conversion.track;

import dev.tributary.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch, those that can be taken apart from those that are refused as they are.
 *
 * @param good in their order
 */
record TrackRows<T>(List<T> good, List<@Nullable Problem> refused) {
    /** Makes one row's answer. */
    interface Answer<A> {
        TrackRow of(int row, A answer);
    }

    /** One by itself is refused as the request; of many each by itself. */
    static <T> TrackRows<T> of(TrackBody body, Function<TrackBody.Row, T> read) {
        List<T> good = new ArrayList<>();
        @Nullable Problem[] refused = new Problem[body.rows().size()];
        for (int i = 0; i < refused.length; i++) {
            try {
                good.add(read.apply(body.rows().get(i)));
            } catch (Problem problem) {
                if (body.single()) throw problem;
                refused[i] = problem;
            }
        }
        return new TrackRows<>(good, Arrays.asList(refused));
    }

    /** One for each row that was sent, in their order. */
    <A> List<TrackRow> with(List<A> answers, Answer<A> view) {
        List<TrackRow> rows = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < refused.size(); i++) {
            Problem problem = refused.get(i);
            rows.add(problem == null ? view.of(i + 1, answers.get(next++)) : TrackRow.of(i + 1, problem));
        }
        return rows;
    }
}
