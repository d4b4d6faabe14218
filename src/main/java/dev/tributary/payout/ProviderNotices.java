package dev.tributary.payout;

import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Notices;
import dev.tributary.payout.rail.Rails;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** P6: what providers tell of payouts by themselves, each event once, also before the answer to the attempt that it tells of. */
@ApplicationScoped
class ProviderNotices implements Notices {
    private static final String NOTE =
            """
            INSERT INTO payout_notice (rail, event_id, payout_id, received_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (rail, event_id) DO NOTHING
            """;

    private final PayoutRepository payouts;
    private final Deeds deeds;
    private final Rails rails;
    private final Clock clock;

    ProviderNotices(PayoutRepository payouts, Deeds deeds, Rails rails, Clock clock) {
        this.payouts = payouts;
        this.deeds = deeds;
        this.rails = rails;
        this.clock = clock;
    }

    @Override
    public Uni<Outcome> take(SqlConnection tx, String rail, Notice notice) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return payouts.ofTransfer(tx, rail, notice.transfer().id()).chain(known -> whose(notice, known)
                .map(id -> payouts.lock(tx, List.of(id))
                        .chain(found -> found.isEmpty() || !found.get(0).rail().equals(rail)
                                ? Uni.createFrom().item(Outcome.NOT_OURS)
                                : take(tx, found.get(0), notice, isAnothers(known, id), now)))
                .orElseGet(() -> Uni.createFrom().item(Outcome.NOT_OURS)));
    }

    /** What the event names, else what the transfer's id says. */
    private static Optional<UUID> whose(Notice notice, List<UUID> known) {
        return notice.payoutId().or(() -> known.stream().findFirst());
    }

    private static boolean isAnothers(List<UUID> known, UUID id) {
        return !known.isEmpty() && !known.contains(id);
    }

    private Uni<Outcome> take(SqlConnection tx, StoredPayout payout, Notice notice, boolean anothers, Instant now) {
        Tuple row = Tuple.of(payout.rail(), notice.eventId(), payout.id(), now.atOffset(ZoneOffset.UTC));
        return tx.preparedQuery(NOTE).execute(row).chain(done -> {
            if (done.rowCount() == 0) return Uni.createFrom().item(Outcome.REPEATED);
            Step step = anothers
                    ? payout.payout().confused()
                    : payout.payout()
                            .told(notice.transfer(), rails.get(payout.rail()).traits(), now);
            String why = anothers
                    ? "the rail tells of another payout's transfer"
                    : notice.transfer().code();
            return deeds.write(tx, List.of(Deed.of(payout, step, "provider", why)), now)
                    .replaceWith(Outcome.TAKEN);
        });
    }
}
