package dev.tributary.payout.method;

import dev.tributary.audit.Audit;
import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * Where an affiliate is paid, as far as it is shown to anybody: bank details that were given once are not handed out to whoever
 * holds a session. Payouts that are under way keep the destination that they were sent to.
 */
@Singleton
class PersonPayoutMethods implements PersonalData {
    private static final int MOST = 10_000;

    private final PayoutMethodRepository repository;
    private final Audit audit;
    private final Clock clock;

    PersonPayoutMethods(PayoutMethodRepository repository, Audit audit, Clock clock) {
        this.repository = repository;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "payoutMethods";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return repository
                .list(c, affiliateId, before, limit, true)
                .map(found -> found.stream().map(m -> new Row(m.id(), row(m))).toList());
    }

    private static JsonObject row(PayoutMethod m) {
        JsonObject row = new JsonObject()
                .put("id", TypeId.PAYOUT_METHOD.format(m.id()))
                .put("rail", m.rail())
                .put("currency", m.currency())
                .put("state", m.state().word())
                .put("hint", m.hint())
                .put("note", m.note())
                .put("createdAt", m.createdAt().toString());
        return m.confirmedAt() == null
                ? row
                : row.put("confirmedAt", m.confirmedAt().toString());
    }

    /** The secrets go with their keys; that there was a method of some rail stays, because payouts name it. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return repository
                .list(tx, affiliateId, new UUID(-1, -1), MOST, true)
                .map(found -> found.stream().map(PayoutMethod::id).toList())
                .call(ids -> repository.remove(tx, ids, clock.instant()))
                .call(ids -> audit.blank(tx, ids))
                .chain(() -> repository.forget(tx, affiliateId));
    }
}
