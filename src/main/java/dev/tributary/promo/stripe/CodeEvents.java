package dev.tributary.promo.stripe;

import dev.tributary.outbox.Event;
import dev.tributary.outbox.EventHandler;
import dev.tributary.postgres.Transactions;
import dev.tributary.promo.CodeChanged;
import dev.tributary.promo.CodesGenerated;
import dev.tributary.stripe.StripeCalls;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Marks codes that have changed. Without a key of Stripe's it does not: the job finds them when there is one. */
@ApplicationScoped
class CodeEvents implements EventHandler {
    private final StripeCalls stripe;
    private final StripeCouponRepository repository;
    private final Transactions transactions;
    private final SyncLoop loop;

    CodeEvents(StripeCalls stripe, StripeCouponRepository repository, Transactions transactions, SyncLoop loop) {
        this.stripe = stripe;
        this.repository = repository;
        this.transactions = transactions;
        this.loop = loop;
    }

    @Override
    public String consumer() {
        return "promo.stripe";
    }

    @Override
    public Set<String> types() {
        return Set.of(CodeChanged.TYPE, CodesGenerated.TYPE);
    }

    @Override
    public Uni<Void> handle(SqlConnection tx, Event event) {
        if (!stripe.configured()) return Uni.createFrom().voidItem();
        transactions.afterCommit(tx, loop::nudge);
        return event.type().equals(CodeChanged.TYPE)
                ? repository.ask(tx, List.of(CodeChanged.of(event).codeId()))
                : repository.askBatch(tx, CodesGenerated.of(event).batchId());
    }
}
