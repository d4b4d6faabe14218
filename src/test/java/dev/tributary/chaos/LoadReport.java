package dev.tributary.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** All answers of a load, and the questions that are asked of them. */
record LoadReport(List<Answer> answers) {
    LoadReport {
        answers = List.copyOf(answers);
    }

    /** The clicks that were promised to be kept. */
    List<UUID> acknowledged() {
        return answers.stream().map(Answer::clickId).filter(Objects::nonNull).toList();
    }

    long sent() {
        return answers.stream().filter(Answer::sent).count();
    }

    /** Requests that were answered by anything but a 302, or not at all; those that found no server included. */
    List<Answer> failed() {
        return answers.stream().filter(a -> !a.redirected()).toList();
    }

    long redirectedWithoutId() {
        return answers.stream()
                .filter(a -> a.redirected() && a.clickId() == null)
                .count();
    }

    /** The share of attempts, in per cent, that were redirected. */
    double redirectedPercent() {
        return answers.isEmpty() ? 100 : 100.0 * (answers.size() - failed().size()) / answers.size();
    }

    /** The 99th percentile in milliseconds of the redirects that were sent between two moments. */
    double p99Millis(long from, long to) {
        long[] nanos = answers.stream()
                .filter(a -> a.redirected() && a.sentAt() - from >= 0 && a.sentAt() - to < 0)
                .mapToLong(Answer::nanos)
                .toArray();
        if (nanos.length == 0) return 0;
        Arrays.sort(nanos);
        return nanos[(int) Math.ceil(nanos.length * 0.99) - 1] / 1e6;
    }

    LoadReport and(LoadReport other) {
        return new LoadReport(java.util.stream.Stream.concat(answers.stream(), other.answers.stream())
                .toList());
    }
}
