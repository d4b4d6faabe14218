package dev.tributary.payout;

import dev.tributary.id.Ids;
import dev.tributary.payout.method.Way;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes payouts of those whom nothing bars: approved at once where nobody has to look. */
@ApplicationScoped
class Making {
    private final Deeds deeds;
    private final Ids ids;

    Making(Deeds deeds, Ids ids) {
        this.deeds = deeds;
        this.ids = ids;
    }

    /**
     * What payouts are made for.
     *
     * @param runId null for a request
     * @param by the account that wants them
     * @param actor who makes them
     */
    record Cause(@Nullable UUID runId, String kind, String by, String actor) {}

    /** Answers the ids of those that were made, in the order in which they were seen. */
    Uni<List<UUID>> make(SqlConnection tx, Payer payer, List<Seen> seen, Cause cause, Instant now) {
        List<NewPayout> made = new ArrayList<>();
        for (Seen each : seen) if (each.isPaid()) made.add(payout(payer, each, cause, now));
        return deeds.make(tx, made, cause.actor(), now)
                .replaceWith(() -> made.stream().map(each -> each.payout().id()).toList());
    }

    static Approval approval(Payer payer, Seen seen) {
        return payer.terms().limits().of(seen.amounts().gross(), seen.score());
    }

    private NewPayout payout(Payer payer, Seen seen, Cause cause, Instant now) {
        Approval approval = approval(payer, seen);
        Way way = seen.way().orElseThrow();
        Payout requested = Payout.requested(ids.next(), seen.amounts());
        StoredPayout stored = new StoredPayout(
                approval.isAutomatic() ? requested.approve().payout() : requested,
                cause.runId(),
                cause.kind(),
                new StoredPayout.Owner(payer.programId(), seen.candidate().enrollmentId(), seen.affiliateId()),
                way.rail(),
                way.methodId(),
                approval.people(),
                approval.reasons().stream().map(Approval.Reason::word).toList(),
                cause.by(),
                Optional.empty(),
                now);
        return new NewPayout(
                stored,
                seen.terms().minimum(seen.candidate()),
                paper(seen.candidate().paper()));
    }

    private static String paper(Candidate.Paper paper) {
        return paper.name().toLowerCase(java.util.Locale.ROOT);
    }
}
