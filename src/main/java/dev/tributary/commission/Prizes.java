package dev.tributary.commission;

import dev.tributary.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Books what affiliates win: each win is one commission, pending for the program's hold period like all others, and is
 * never taken back by refunds.
 */
@ApplicationScoped
public class Prizes {
    private final Posting posting;
    private final Ids ids;

    Prizes(Posting posting, Ids ids) {
        this.posting = posting;
        this.ids = ids;
    }

    /**
     * One win.
     *
     * @param id of the row that says so; there is one commission for it, for ever
     * @param amountMinor in minor units of the currency, more than 0
     */
    public record Win(UUID id, UUID programId, UUID enrollmentId, UUID affiliateId, long amountMinor, String currency) {
        public Win {
            if (amountMinor <= 0) throw new IllegalArgumentException("A prize of " + amountMinor);
        }
    }

    /** Books them in the caller's transaction, which holds the row that they come from. Call it last: it locks balances. */
    public Uni<Void> book(SqlConnection tx, List<Win> wins, int holdDays, Instant now) {
        List<Move> moves = wins.stream()
                .map(win -> Move.earn(draft(win, holdDays, now), now))
                .toList();
        return posting.apply(tx, moves, Map.of(), null);
    }

    private Commission draft(Win win, int holdDays, Instant now) {
        return new Commission(
                ids.next(),
                win.programId(),
                new Party.Member(win.enrollmentId(), win.affiliateId()),
                new Commission.Source(Commission.Source.CONTEST, win.id()),
                "contest",
                0,
                1,
                null,
                win.amountMinor(),
                0,
                win.currency(),
                Status.PENDING,
                false,
                null,
                now,
                now.plus(Duration.ofDays(holdDays)),
                0);
    }
}
