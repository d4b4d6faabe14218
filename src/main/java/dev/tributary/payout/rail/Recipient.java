package dev.tributary.payout.rail;

import java.util.Locale;

/**
 * A payee as the provider knows it.
 *
 * @param destination what a payout names it by; may hold bank details, so it is wrapped wherever it is kept
 * @param note what the provider still wants or why it refuses, for the affiliate; or empty
 */
public record Recipient(String destination, State state, String note) {
    private static final int MOST_CHARACTERS = 300;

    /** Whether money can be sent there. */
    public enum State {
        /** Not yet: the provider waits for time to pass, or for the affiliate. */
        PENDING,
        ACTIVE,
        /** Not any more, until the affiliate sets it right. */
        INACTIVE,
        /** Never. */
        DENIED;

        /** The word in JSON and in the database. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Recipient {
        if (destination.isBlank()) throw new IllegalArgumentException("A recipient has a destination");
        if (note.length() > MOST_CHARACTERS) note = note.substring(0, MOST_CHARACTERS);
    }
}
