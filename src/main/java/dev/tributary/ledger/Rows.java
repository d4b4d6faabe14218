package dev.tributary.ledger;

import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of entries as the columns that a statement takes: one array each, in the order of the rows. */
final class Rows {
    private final UUID[] ids;
    private final Short[] lines;
    private final String[] kinds;
    private final String[] sourceKinds;
    private final UUID[] sourceIds;
    private final Integer[] numbers;
    private final UUID[] programs;
    private final @Nullable UUID[] enrollments;
    private final @Nullable UUID[] rails;
    private final String[] debits;
    private final String[] credits;
    private final Long[] amounts;
    private final String[] currencies;
    private final OffsetDateTime[] occurred;
    private final String[] memos;
    private final boolean parts;

    /** @param ids of the entry of each row */
    Rows(List<UUID> ids, List<Move> moves) {
        int size = moves.size();
        this.ids = ids.toArray(UUID[]::new);
        lines = new Short[size];
        kinds = new String[size];
        sourceKinds = new String[size];
        sourceIds = new UUID[size];
        numbers = new Integer[size];
        programs = new UUID[size];
        enrollments = new UUID[size];
        rails = new UUID[size];
        debits = new String[size];
        credits = new String[size];
        amounts = new Long[size];
        currencies = new String[size];
        occurred = new OffsetDateTime[size];
        memos = new String[size];
        boolean more = false;
        for (int i = 0; i < size; i++) {
            set(i, moves.get(i));
            more |= moves.get(i).line() > 0;
        }
        parts = more;
    }

    private void set(int i, Move move) {
        Entry entry = move.entry();
        lines[i] = (short) move.line();
        kinds[i] = entry.kind().text();
        sourceKinds[i] = entry.sourceKind();
        sourceIds[i] = entry.sourceId();
        numbers[i] = entry.number();
        programs[i] = entry.programId();
        enrollments[i] = entry.enrollmentId();
        rails[i] = move.rail();
        debits[i] = move.debit().kind().text();
        credits[i] = move.credit().kind().text();
        amounts[i] = move.amountMinor();
        currencies[i] = move.debit().currency();
        occurred[i] = entry.occurredAt().atOffset(ZoneOffset.UTC);
        memos[i] = entry.memo();
    }

    /** Whether an entry among them has more than one row. */
    boolean haveParts() {
        return parts;
    }

    /** All columns, as booked. */
    Tuple booked() {
        return Tuple.tuple()
                .addArrayOfUUID(ids)
                .addArrayOfShort(lines)
                .addArrayOfString(kinds)
                .addArrayOfString(sourceKinds)
                .addArrayOfUUID(sourceIds)
                .addArrayOfInteger(numbers)
                .addArrayOfUUID(programs)
                .addArrayOfUUID(enrollments)
                .addArrayOfUUID(rails)
                .addArrayOfString(debits)
                .addArrayOfString(credits)
                .addArrayOfLong(amounts)
                .addArrayOfString(currencies)
                .addArrayOfOffsetDateTime(occurred)
                .addArrayOfString(memos);
    }

    /** What makes entries the same, and what must then be the same. */
    Tuple compared() {
        return Tuple.tuple()
                .addArrayOfString(sourceKinds)
                .addArrayOfUUID(sourceIds)
                .addArrayOfString(kinds)
                .addArrayOfInteger(numbers)
                .addArrayOfShort(lines)
                .addArrayOfUUID(enrollments)
                .addArrayOfString(debits)
                .addArrayOfString(credits)
                .addArrayOfLong(amounts)
                .addArrayOfString(currencies);
    }
}
