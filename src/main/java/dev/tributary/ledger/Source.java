package dev.tributary.ledger;

import java.util.UUID;

/**
 * The row that an entry is booked for. With the kind of the entry it names that entry for ever, so booking it again books
 * nothing.
 *
 * @param kind the table's name, such as {@code commission} or {@code payout}: 1 to 40 lower-case letters, digits, underscores
 * @param number counts entries of one kind for one row, such as its partial refunds, from 0
 */
public record Source(String kind, UUID id, int number) {
    public Source {
        if (!kind.matches("[a-z][a-z0-9_]{0,39}")) throw new IllegalArgumentException("Not a source kind: " + kind);
        if (number < 0) throw new IllegalArgumentException("Numbers count from 0, not " + number);
    }

    public Source(String kind, UUID id) {
        this(kind, id, 0);
    }
}
