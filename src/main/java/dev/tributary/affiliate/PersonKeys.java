package dev.tributary.affiliate;

import dev.tributary.access.ApiKey;
import dev.tributary.access.ApiKeyView;
import dev.tributary.access.ApiKeys;
import dev.tributary.access.KeyOwner;
import dev.tributary.audit.Audit;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** An affiliate's API keys, without their secrets, which nobody has. */
@Singleton
class PersonKeys implements PersonalData {
    private final ApiKeys keys;
    private final Audit audit;
    private final Clock clock;

    PersonKeys(ApiKeys keys, Audit audit, Clock clock) {
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "apiKeys";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return keys.list(c, KeyOwner.AFFILIATE, affiliateId).map(all -> all.stream()
                .filter(key -> key.id().toString().compareTo(before.toString()) < 0)
                .sorted(Comparator.comparing((ApiKey key) -> key.id().toString())
                        .reversed())
                .limit(limit)
                .map(this::row)
                .toList());
    }

    private Row row(ApiKey key) {
        ApiKeyView view = ApiKeyView.of(key, clock.instant());
        JsonObject row = new JsonObject()
                .put("id", view.id())
                .put("name", view.name())
                .put("hint", view.hint())
                .put("status", view.status())
                .put("createdAt", view.createdAt().toString());
        if (view.lastUsedAt() != null) row.put("lastUsedAt", view.lastUsedAt().toString());
        return new Row(key.id(), row);
    }

    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return keys.erase(tx, KeyOwner.AFFILIATE, affiliateId)
                .call(ids -> audit.blank(tx, ids))
                .map(List::size);
    }
}
