package dev.tributary.payout.method;

import dev.tributary.id.Ids;
import dev.tributary.outbox.Event;
import dev.tributary.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What other rooms are told of payout methods, by ids alone: whoever writes to the person asks {@link
 * PayoutMethods#confirmation} for the word that confirms. The aggregate is the method.
 */
@ApplicationScoped
class MethodEvents {
    /** Its owner has to say whether it is meant. */
    static final String CONFIRMATION_NEEDED = "payout_method.confirmation_needed";
    /** It is in another state now, or blocked, or not any more. */
    static final String CHANGED = "payout_method.changed";

    private final Outbox outbox;
    private final Ids ids;

    MethodEvents(Outbox outbox, Ids ids) {
        this.outbox = outbox;
        this.ids = ids;
    }

    /** Within a transaction that holds the method's row lock. */
    Uni<Void> tell(SqlConnection tx, String type, PayoutMethod m) {
        JsonObject payload = new JsonObject()
                .put("methodId", m.id().toString())
                .put("affiliateId", m.affiliateId().toString())
                .put("rail", m.rail())
                .put("currency", m.currency())
                .put("state", m.state().word())
                .put("blocked", m.isBlocked());
        return outbox.append(tx, new Event(ids.next(), type, m.id(), payload));
    }
}
