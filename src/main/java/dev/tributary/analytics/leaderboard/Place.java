package dev.tributary.analytics.leaderboard;

import org.jspecify.annotations.Nullable;

/**
 * Where somebody stands.
 *
 * @param rank shared by those who have the same value: 1, 2, 2, 4
 * @param next who is next above; null: nobody is
 */
public record Place(int rank, long value, @Nullable Next next) {
    /** The nearest better value and the rank of those who have it. */
    public record Next(int rank, long value) {
        /** Null where there is none. */
        static @Nullable Next of(@Nullable Integer rank, @Nullable Long value) {
            return rank == null || value == null ? null : new Next(rank, value);
        }
    }

    private static final int PARTS = 4;

    /** As Redis keeps it: {@code rank value} and where there is one, {@code rank value} of the next. */
    String packed() {
        return next == null ? rank + " " + value : "%d %d %d %d".formatted(rank, value, next.rank, next.value);
    }

    static Place unpacked(String text) {
        String[] parts = text.split(" ");
        Next next = parts.length == PARTS ? new Next(Integer.parseInt(parts[2]), Long.parseLong(parts[3])) : null;
        return new Place(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), next);
    }

    public static Place of(int rank, long value, @Nullable Integer nextRank, @Nullable Long nextValue) {
        return new Place(rank, value, Next.of(nextRank, nextValue));
    }
}
