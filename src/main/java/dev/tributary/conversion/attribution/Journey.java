package dev.tributary.conversion.attribution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The clicks of one visitor on the way to a conversion, oldest first. Clicks of one affiliate that directly follow each
 * other are one touch, at the newest of them: who is clicked ten times in a row has not convinced ten times, and nobody
 * crowds others out by clicking.
 */
record Journey(List<Candidate> clicks) {
    /** Far more than a buyer needs, and few enough to keep with every decision. */
    static final int MOST_CLICKS = 100;

    Journey {
        clicks = List.copyOf(clicks);
    }

    /** Whether any of its clicks may earn. */
    boolean earns() {
        return clicks.stream().anyMatch(click -> click.excluded() == null);
    }

    /** Whether clicks of several affiliates may earn. */
    boolean isContested() {
        return touches().size() > 1;
    }

    /** The same clicks, each with what the model gives it. */
    Journey weighed(AttributionModel model) {
        List<Integer> touches = touches();
        List<Instant> moments =
                touches.stream().map(at -> clicks.get(at).clickedAt()).toList();
        int[] weights = model.weigh(moments);
        List<Candidate> weighed = new ArrayList<>(clicks);
        for (int i = 0; i < weights.length; i++) {
            weighed.set(touches.get(i), clicks.get(touches.get(i)).weighing(weights[i]));
        }
        return new Journey(weighed);
    }

    /** Where in the list each touch stands: the last click of each run of one affiliate's. */
    private List<Integer> touches() {
        List<Integer> touches = new ArrayList<>();
        for (int i = 0; i < clicks.size(); i++) {
            if (clicks.get(i).excluded() != null) continue;
            int last = touches.size() - 1;
            boolean goesOn = last >= 0
                    && clicks.get(touches.get(last))
                            .enrollmentId()
                            .equals(clicks.get(i).enrollmentId());
            if (goesOn) touches.set(last, i);
            else touches.add(i);
        }
        return touches;
    }

    /** One for each affiliate that has any weight, by its newest click that has. */
    List<Winner> winners() {
        Map<UUID, Winner> winners = new LinkedHashMap<>();
        List<Candidate> newestFirst = new ArrayList<>(clicks);
        Collections.reverse(newestFirst);
        for (Candidate click : newestFirst) {
            if (click.weightBps() == 0) continue;
            winners.merge(click.enrollmentId(), click.winning(click.weightBps()), Journey::together);
        }
        return List.copyOf(winners.values());
    }

    private static Winner together(Winner newest, Winner older) {
        return new Winner(
                newest.enrollmentId(),
                newest.affiliateId(),
                newest.clickId(),
                newest.linkId(),
                newest.src(),
                newest.weightBps() + older.weightBps());
    }
}
