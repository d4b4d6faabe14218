package dev.tributary.stripe;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who handles which type of event. */
@ApplicationScoped
class StripeHandlers {
    private final Map<String, StripeEventHandler> byType = new HashMap<>();

    StripeHandlers(@All List<StripeEventHandler> handlers) {
        for (StripeEventHandler handler : handlers) {
            for (String type : handler.types()) {
                if (byType.put(type, handler) != null) throw new IllegalStateException("Two handlers want " + type);
            }
        }
    }

    Uni<StripeEffect> handle(SqlConnection tx, StripeEvent event) {
        StripeEventHandler handler = byType.get(event.type());
        if (handler == null) return Uni.createFrom().item(StripeEffect.ignored("Nothing follows from this type"));
        return Uni.createFrom()
                .deferred(() -> handler.handle(tx, event))
                .onFailure(UnreadableEvent.class)
                .recoverWithItem(odd -> StripeEffect.refused(String.valueOf(odd.getMessage())));
    }
}
