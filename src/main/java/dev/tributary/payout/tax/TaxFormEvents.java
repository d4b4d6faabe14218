package dev.tributary.payout.tax;

import dev.tributary.id.Ids;
import dev.tributary.outbox.Event;
import dev.tributary.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** What other rooms are told of tax papers, by ids alone. The aggregate is the affiliate, whose row the teller has locked. */
@ApplicationScoped
class TaxFormEvents {
    static final String SUBMITTED = "tax_form.submitted";
    static final String VERIFIED = "tax_form.verified";
    static final String REJECTED = "tax_form.rejected";
    /** Somebody who is owed money gave none, or it ends soon: they are to be reminded. */
    static final String MISSING = "tax_form.missing";

    private final Outbox outbox;
    private final Ids ids;

    TaxFormEvents(Outbox outbox, Ids ids) {
        this.outbox = outbox;
        this.ids = ids;
    }

    Uni<Void> tell(SqlConnection tx, String type, StoredForm form) {
        JsonObject payload = new JsonObject()
                .put("formId", form.id().toString())
                .put("affiliateId", form.affiliateId().toString())
                .put("kind", form.facts().kind().word())
                .put("state", form.state().word());
        return outbox.append(tx, new Event(ids.next(), type, form.affiliateId(), payload));
    }

    /** Of many at once. */
    Uni<Void> missing(SqlConnection tx, List<UUID> affiliateIds) {
        return outbox.append(
                tx,
                affiliateIds.stream()
                        .map(id ->
                                new Event(ids.next(), MISSING, id, new JsonObject().put("affiliateId", id.toString())))
                        .toList());
    }
}
