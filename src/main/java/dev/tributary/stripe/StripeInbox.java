package dev.tributary.stripe;

import dev.tributary.id.Ids;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes each event once, with its effect in the same transaction: what fails leaves nothing, and Stripe sends it again for
 * three days. Stripe keeps no order, so an event may have to wait for another; those that wait are tried again after each
 * event of their owner, and every minute.
 */
@ApplicationScoped
public class StripeInbox {
    /** As long as Stripe itself tries. */
    static final Duration LONGEST_WAIT = Duration.ofDays(3);

    private static final Duration RETRY = Duration.ofMinutes(1);
    /** A buyer's first events are a handful; more would keep Stripe waiting for its answer. */
    private static final int MOST_AFTER_AN_EVENT = 10;

    private static final Logger LOG = Logger.getLogger(StripeInbox.class);

    private final StripeEventRepository repository;
    private final StripeHandlers handlers;
    private final Transactions transactions;
    private final Ids ids;
    private final Clock clock;

    StripeInbox(
            StripeEventRepository repository,
            StripeHandlers handlers,
            Transactions transactions,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.handlers = handlers;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /** The events of an owner, newest first, of one state or of all. */
    public Uni<List<StripeEventView.Entry>> list(UUID owner, UUID before, int limit, @Nullable String state) {
        return transactions.read(c -> repository.list(c, owner, before, limit, state));
    }

    /** What became of the event, now or when it came first. */
    Uni<StripeEffect> receive(StripeEvent event) {
        UUID id = ids.next();
        return transactions
                .run(tx -> repository
                        .insert(tx, id, event)
                        .chain(fresh ->
                                fresh ? effect(tx, id, event, 0) : repository.find(tx, event.ownerId(), event.id())))
                .call(effect -> effect.state() == StripeEffect.State.DONE
                        ? retryAll(event.ownerId()).onFailure().recoverWithItem(0)
                        : Uni.createFrom().nullItem());
    }

    private Uni<StripeEffect> effect(SqlConnection tx, UUID id, StripeEvent event, int attempted) {
        return handlers.handle(tx, event)
                .map(effect -> lastWord(event, effect))
                .call(effect -> repository.settle(tx, id, effect, next(effect), attempted));
    }

    private StripeEffect lastWord(StripeEvent event, StripeEffect effect) {
        boolean tooLate = now().isAfter(event.receivedAt().plus(LONGEST_WAIT));
        return effect.state() == StripeEffect.State.WAITING && tooLate
                ? StripeEffect.refused(effect.note() + "; given up after three days")
                : effect;
    }

    private @Nullable Instant next(StripeEffect effect) {
        return effect.state() == StripeEffect.State.WAITING ? now().plus(RETRY) : null;
    }

    /** Tries events of an owner again, whenever they would be due: what they wait for may just have come. */
    Uni<Integer> retryAll(UUID owner) {
        return retry(owner, now().plus(LONGEST_WAIT), MOST_AFTER_AN_EVENT);
    }

    /** Tries those again that are due, at most so many; answers how many there were. One that fails stays as it is. */
    Uni<Integer> retry(@Nullable UUID owner, Instant by, int atMost) {
        return transactions
                .read(c -> repository.due(c, owner, by, atMost))
                .onItem()
                .transformToMulti(ids -> Multi.createFrom().iterable(ids))
                .onItem()
                .transformToUniAndConcatenate(this::retry)
                .collect()
                .with(Collectors.summingInt(tried -> 1));
    }

    private Uni<Boolean> retry(UUID id) {
        return transactions
                .run(tx -> repository
                        .lock(tx, id)
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().item(false)
                                : effect(tx, id, found.get().event(), 1).replaceWith(true)))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.errorf(failure, "Event %s could not be tried again", id);
                    return false;
                });
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
