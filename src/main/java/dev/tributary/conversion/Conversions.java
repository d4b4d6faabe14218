package dev.tributary.conversion;

import dev.tributary.id.Ids;
import dev.tributary.outbox.Outbox;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What was sold and who signed up, for the rooms downstream. */
@ApplicationScoped
public class Conversions {
    /** Of events or refunds at once: what one transaction takes well within its deadline. */
    public static final int MOST = 1_000;

    /** Of {@link #takeDue}: their commissions fit into one transaction well within its deadline. */
    public static final int MOST_DUE = 500;

    private final Gathering gathering;
    private final Intake intake;
    private final Refunds refunds;
    private final DueRepository due;
    private final ReferralRepository referrals;
    private final Outbox outbox;
    private final Ids ids;
    private final Transactions transactions;

    Conversions(
            Gathering gathering,
            Intake intake,
            Refunds refunds,
            DueRepository due,
            ReferralRepository referrals,
            Outbox outbox,
            Ids ids,
            Transactions transactions) {
        this.gathering = gathering;
        this.intake = intake;
        this.refunds = refunds;
        this.due = due;
        this.referrals = referrals;
        this.outbox = outbox;
        this.ids = ids;
        this.transactions = transactions;
    }

    /**
     * Decides and stores at most a thousand events, all of them or none; answers one for each, in their order. They may
     * share their transaction with others that come at the same moment.
     */
    public Uni<List<Outcome>> intake(List<Incoming> events) {
        if (events.size() > MOST) throw new IllegalArgumentException("At most " + MOST + " events at once");
        return gathering.take(events);
    }

    /** The same in the caller's transaction. */
    public Uni<List<Outcome>> intake(SqlConnection tx, List<Incoming> events) {
        return intake.take(tx, events);
    }

    /** Books at most a thousand refunds in one transaction; answers one for each, in their order. */
    public Uni<List<RefundOutcome>> refund(List<IncomingRefund> told) {
        return transactions.run(tx -> refunds.take(tx, told));
    }

    /** The same in the caller's transaction. */
    public Uni<List<RefundOutcome>> refund(SqlConnection tx, List<IncomingRefund> told) {
        return refunds.take(tx, told);
    }

    /** Notes that a customer left, as when a subscription ends; answers whether there was one who had bought. */
    public Uni<Boolean> churn(SqlConnection tx, UUID programId, String customer, Instant at) {
        return referrals
                .churn(tx, programId, customer, at)
                .chain(left -> left.isEmpty()
                        ? Uni.createFrom().item(false)
                        : outbox.append(tx, ConversionEvents.churned(ids.next(), left.get(), programId, at))
                                .replaceWith(true));
    }

    /**
     * The oldest conversions whose commissions are due and which nobody else holds, locked until the transaction ends. What
     * changes at one of them meanwhile waits, and makes it due again.
     */
    public Uni<List<DueConversion>> takeDue(SqlConnection tx, int limit) {
        return due.take(tx, Math.min(limit, MOST_DUE));
    }

    /** Their commissions are booked: they are due no more. In the transaction that took them. */
    public Uni<Void> booked(SqlConnection tx, List<UUID> ids) {
        return due.done(tx, ids);
    }

    /** Those that are due after an id, in the order of their ids and without locks, for whoever only looks. */
    public Uni<List<DueConversion>> peekDue(SqlConnection c, UUID after, int limit) {
        return due.peek(c, after, Math.min(limit, MOST_DUE));
    }

    /** Makes these due again, where what their commissions depend on has changed. */
    public Uni<Void> makeDue(SqlConnection tx, List<UUID> ids) {
        return due.mark(tx, ids);
    }
}
