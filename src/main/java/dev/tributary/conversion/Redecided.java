package dev.tributary.conversion;

/** A conversion that was decided once more, before and after. */
public record Redecided(Shown before, Shown after, Result result) {
    /** What came of it. */
    public enum Result {
        CHANGED,
        UNCHANGED,
        /** It stays: a commission of it is no longer pending. */
        FROZEN
    }
}
