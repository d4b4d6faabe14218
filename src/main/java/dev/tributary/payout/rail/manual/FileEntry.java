package dev.tributary.payout.rail.manual;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.payout.rail.Transfer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One payout that a person carries out. What it tells as a transfer follows from when it was removed, settled or returned, so
 * whoever asks is told the same.
 *
 * @param to name and account
 * @param reference what finds it on a bank statement
 * @param fileId null while it waits
 * @param settledAt when its file was
 * @param code of the return, or empty
 */
record FileEntry(
        UUID payoutId,
        Money amount,
        JsonObject to,
        String reference,
        Instant createdAt,
        @Nullable UUID fileId,
        @Nullable String trace,
        @Nullable Instant removedAt,
        @Nullable Instant returnedAt,
        @Nullable Instant settledAt,
        String code,
        String note) {
    private static final int REFERENCE = 15;

    /** How far it has come. */
    enum State {
        WAITING,
        SENT,
        SETTLED,
        RETURNED,
        REMOVED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The random end of the id, so that two are as unlikely to meet as two ids. */
    static String reference(UUID payoutId) {
        String text = TypeId.PAYOUT.format(payoutId);
        return text.substring(text.length() - REFERENCE).toUpperCase(Locale.ROOT);
    }

    State state() {
        if (removedAt != null) return State.REMOVED;
        if (returnedAt != null) return State.RETURNED;
        if (settledAt != null) return State.SETTLED;
        return fileId == null ? State.WAITING : State.SENT;
    }

    /** What came back before the file was settled has never arrived; what came back later had. */
    Transfer transfer() {
        String id = "man_" + reference.toLowerCase(Locale.ROOT);
        long minor = amount.amount();
        String currency = amount.currency();
        if (removedAt != null) return Transfer.failed(id, minor, currency, "removed", removedAt);
        boolean arrived = settledAt != null && (returnedAt == null || !returnedAt.isBefore(settledAt));
        if (returnedAt != null && !arrived) return Transfer.failed(id, minor, currency, code, returnedAt);
        if (settledAt == null) return Transfer.pending(id, minor, currency, createdAt);
        Transfer done = Transfer.done(id, minor, currency, settledAt);
        return returnedAt == null ? done : done.reversed(minor, returnedAt);
    }
}
