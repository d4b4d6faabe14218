package dev.tributary.payout.rail.stripe;

import com.stripe.model.TransferReversal;
import com.stripe.param.TransferReversalCreateParams;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Notices;
import dev.tributary.payout.rail.Transfer;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.stripe.StripeAnswer;
import dev.tributary.stripe.StripeCall;
import dev.tributary.stripe.StripeCalls;
import dev.tributary.stripe.StripeUnits;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes back what was transferred, as far as the connected account still has it. Stripe is asked with no transaction open; what
 * it then says of the transfer is told to the payout, and where that is not reached Stripe's own event tells it.
 */
@ApplicationScoped
class StripeReversals {
    /** Somebody waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StripeRail rail;
    private final StripeCalls calls;
    private final List<Notices> notices;
    private final Changes changes;
    private final Transactions transactions;

    StripeReversals(
            StripeRail rail,
            StripeCalls calls,
            @All List<Notices> notices,
            Changes changes,
            Transactions transactions) {
        this.rail = rail;
        this.calls = calls;
        this.notices = notices;
        this.changes = changes;
        this.transactions = transactions;
    }

    /** @param key what Stripe knows a repetition by, for a day */
    record Asked(UUID payout, Optional<String> transfer, Optional<Money> amount, String key, String reason) {}

    /** Fails with a {@link Problem}: 404 where Stripe has no such transfer, 422 where it refuses, 503 where nobody knows. */
    Uni<ReversalView> reverse(Asked asked) {
        return transfer(asked)
                .invoke(transfer -> check(asked, transfer))
                .chain(transfer -> reverse(asked, transfer))
                .chain(made -> transfer(asked, made.getTransfer())
                        .chain(now -> told(asked, made.getId(), now).replaceWith(() -> view(asked, made, now))));
    }

    private static ReversalView view(Asked asked, TransferReversal made, Transfer now) {
        return ReversalView.of(asked.payout, StripeUnits.read(made.getAmount(), made.getCurrency()), now);
    }

    /** How much is left only Stripe says: to a repetition of what was done it answers what it answered then. */
    private static void check(Asked asked, Transfer transfer) {
        boolean sound = asked.amount
                .map(amount ->
                        amount.currency().equals(transfer.currency()) && amount.amount() <= transfer.movedMinor())
                .orElse(true);
        if (!sound)
            throw Problem.value(
                    "amount",
                    "out_of_range",
                    "The transfer is of %d %s".formatted(transfer.movedMinor(), transfer.currency()));
    }

    private Uni<Transfer> transfer(Asked asked) {
        return rail.inGroup(asked.payout).map(found -> {
            List<Transfer> transfers = transfers(found).stream()
                    .filter(each -> asked.transfer.map(each.id()::equals).orElse(true))
                    .toList();
            if (transfers.isEmpty()) throw Problem.notFound("Transfer");
            if (transfers.size() == 1) return transfers.get(0);
            throw Problem.value(
                    "transferId", "required", "The payout has more than one transfer: name the one that is meant");
        });
    }

    private Uni<Transfer> transfer(Asked asked, String id) {
        return rail.inGroup(asked.payout).map(found -> transfers(found).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(StripeReversals::unknown));
    }

    private static List<Transfer> transfers(Finding finding) {
        if (finding instanceof Finding.Absent) return List.of();
        if (finding instanceof Finding.Found found) return found.transfers();
        throw new Problem(ProblemKind.UNAVAILABLE, "Stripe cannot be asked now; try again");
    }

    private Uni<TransferReversal> reverse(Asked asked, Transfer transfer) {
        TransferReversalCreateParams.Builder params =
                TransferReversalCreateParams.builder().setDescription(asked.reason);
        asked.amount.ifPresent(amount -> params.setAmount(StripeUnits.of(amount)
                .orElseThrow(() -> Problem.value("amount", "unsupported", "Stripe has no such amount"))));
        StripeCall<TransferReversal> call =
                StripeCall.once("transfer.reverse", asked.key, PATIENCE, (client, options) -> client.v1()
                        .transfers()
                        .reversals()
                        .create(transfer.id(), params.build(), options));
        return calls.send(call).map(StripeReversals::made);
    }

    private static <T> T made(StripeAnswer<T> answer) {
        if (answer instanceof StripeAnswer.Refused<T> refused && !refused.denied())
            throw Problem.value("amount", "refused", "Stripe refuses it: " + refused.told());
        return answer.value().orElseThrow(StripeReversals::unknown);
    }

    private static Problem unknown() {
        return new Problem(
                ProblemKind.UNAVAILABLE,
                "Whether it was reversed is not known; the same request with the same key tells");
    }

    private Uni<Void> told(Asked asked, String reversal, Transfer now) {
        Notice notice = new Notice("reversal-" + reversal, Optional.of(asked.payout), now);
        return transactions.run(tx -> take(tx, notice)
                .chain(() -> changes.record(
                        tx,
                        new Change(
                                "payout.reverse",
                                TypeId.PAYOUT,
                                asked.payout,
                                null,
                                Map.of("reversal", reversal, "transfer", now.id(), "reason", asked.reason)))));
    }

    private Uni<Void> take(SqlConnection tx, Notice notice) {
        if (notices.isEmpty()) return Uni.createFrom().voidItem();
        return notices.get(0).take(tx, StripeRail.NAME, notice).replaceWithVoid();
    }
}
