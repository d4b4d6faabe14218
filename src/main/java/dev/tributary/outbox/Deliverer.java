package dev.tributary.outbox;

import dev.tributary.postgres.Transactions;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Delivers a batch of open events of given slots: those of a consumer that takes many in one transaction, the others one after
 * another.
 *
 * <p>Safe even when two do it at once (a relay that lost its locks without noticing): each delivery is claimed by a row
 * lock, and only while nothing before it in its line is open.
 */
@ApplicationScoped
class Deliverer {
    private static final Logger LOG = Logger.getLogger(Deliverer.class);
    /** A batch is short enough that a relay notices lost locks and shutdown soon. */
    static final int BATCH = 100;

    private static final int ERROR_LENGTH = 500;

    private final Transactions transactions;
    private final DeliveryRepository repository;
    private final Tracer tracer;
    private final Map<String, EventHandler> handlers;

    Deliverer(
            Transactions transactions, DeliveryRepository repository, Tracer tracer, Instance<EventHandler> handlers) {
        this.transactions = transactions;
        this.repository = repository;
        this.tracer = tracer;
        this.handlers = handlers.stream().collect(Collectors.toMap(EventHandler::consumer, Function.identity()));
    }

    /** How many were delivered; zero when nothing is due. */
    Uni<Integer> deliver(Set<Integer> slots) {
        if (slots.isEmpty() || handlers.isEmpty()) return Uni.createFrom().item(0);
        Set<Delivery.Line> blocked = new HashSet<>();
        return transactions
                .read(c -> repository.due(c, slots, handlers.keySet(), BATCH))
                .onItem()
                .transformToMulti(due -> Multi.createFrom().iterable(grouped(due)))
                .onItem()
                .transformToUniAndConcatenate(
                        group -> group.size() == 1 ? oneByOne(group, blocked) : together(group, blocked))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    /** In the order of their first. */
    private Collection<List<Delivery>> grouped(List<Delivery> due) {
        Map<Object, List<Delivery>> groups = new LinkedHashMap<>();
        for (Delivery delivery : due) {
            Object group = handler(delivery).takesMany() ? delivery.consumer() : delivery.id();
            groups.computeIfAbsent(group, first -> new ArrayList<>()).add(delivery);
        }
        return groups.values();
    }

    private Uni<Integer> together(List<Delivery> group, Set<Delivery.Line> blocked) {
        return attempt(group)
                .onFailure()
                .invoke(failure -> LOG.debugf("One by one, as together failed: %s", failure.getMessage()))
                .onFailure()
                .recoverWithUni(failure -> oneByOne(group, blocked));
    }

    private Uni<Integer> oneByOne(List<Delivery> group, Set<Delivery.Line> blocked) {
        return Multi.createFrom()
                .iterable(group)
                .onItem()
                .transformToUniAndConcatenate(delivery -> one(delivery, blocked))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<Integer> one(Delivery delivery, Set<Delivery.Line> blocked) {
        if (blocked.contains(delivery.line())) return Uni.createFrom().item(0);
        return attempt(List.of(delivery)).onFailure().recoverWithUni(failure -> failed(delivery, blocked, failure));
    }

    /** Those that can be claimed, in one transaction; answers how many these were. */
    private Uni<Integer> attempt(List<Delivery> deliveries) {
        return transactions.run(tx -> repository
                .claim(tx, deliveries)
                .chain(claimed -> claimed.isEmpty()
                        ? Uni.createFrom().item(0)
                        : handle(tx, claimed).replaceWith(claimed.size())));
    }

    private Uni<Void> handle(SqlConnection tx, List<Delivery> claimed) {
        Delivery first = claimed.get(0);
        EventHandler handler = handler(first);
        Span span = tracer.spanBuilder("outbox.deliver")
                .setAttribute("outbox.consumer", first.consumer())
                .setAttribute("outbox.type", first.event().type())
                .setAttribute("outbox.events", claimed.size())
                .startSpan();
        return handler.handle(tx, claimed.stream().map(Delivery::event).toList())
                .chain(() -> repository.delivered(tx, claimed))
                .onFailure()
                .invoke(() -> span.setStatus(StatusCode.ERROR))
                .onTermination()
                .invoke(span::end);
    }

    private EventHandler handler(Delivery delivery) {
        return Objects.requireNonNull(handlers.get(delivery.consumer()), "no such consumer here");
    }

    private Uni<Integer> failed(Delivery delivery, Set<Delivery.Line> blocked, Throwable failure) {
        blocked.add(delivery.line());
        String text = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        String error = text.substring(0, Math.min(text.length(), ERROR_LENGTH));
        LOG.warnf(
                "%s failed on event %s: %s",
                delivery.consumer(), delivery.event().id(), error);
        return transactions.run(tx -> repository.failed(tx, delivery, error)).replaceWith(0);
    }
}
