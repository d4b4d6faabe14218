package dev.tributary.promo;

import dev.tributary.id.Ids;
import dev.tributary.outbox.Event;
import dev.tributary.outbox.Outbox;
import dev.tributary.postgres.Notifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Tells of codes that changed: rooms by the outbox, the caches of all instances by a notification. */
@ApplicationScoped
class CodeNews {
    /** What instances that hold codes in memory listen to; plans are told there too. */
    static final String CHANNEL = "discount_codes";
    /** As many events as the outbox takes at once. */
    private static final int TOGETHER = 1_000;

    private final Outbox outbox;
    private final Notifier notifier;
    private final Ids ids;

    CodeNews(Outbox outbox, Notifier notifier, Ids ids) {
        this.outbox = outbox;
        this.notifier = notifier;
        this.ids = ids;
    }

    /** In the transaction that wrote them. */
    Uni<Void> changed(SqlConnection tx, List<DiscountCodeRepository.Written> codes) {
        if (codes.isEmpty()) return Uni.createFrom().voidItem();
        notifier.changedBy(tx, CHANNEL);
        List<List<Event>> parts = new ArrayList<>();
        for (int from = 0; from < codes.size(); from += TOGETHER)
            parts.add(codes.subList(from, Math.min(codes.size(), from + TOGETHER)).stream()
                    .map(code -> CodeChanged.event(ids.next(), code.id(), code.version()))
                    .toList());
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(part -> outbox.append(tx, part))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** The caches alone: a code is used up, or there is a use left again, which the payment provider need not know. */
    void usedUp(SqlConnection tx) {
        notifier.changedBy(tx, CHANNEL);
    }
}
