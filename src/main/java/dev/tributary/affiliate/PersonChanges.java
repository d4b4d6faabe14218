package dev.tributary.affiliate;

import dev.tributary.audit.Audit;
import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the record of changes has of an affiliate: what was done to them, and what they did with their account. */
@Singleton
class PersonChanges implements PersonalData {
    private final AffiliateRepository repository;
    private final Audit audit;

    PersonChanges(AffiliateRepository repository, Audit audit) {
        this.repository = repository;
        this.audit = audit;
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return repository
                .find(c, affiliateId)
                .map(found -> found.flatMap(a -> Optional.ofNullable(a.account()))
                        .map(Account::subject)
                        .orElse(""))
                .chain(subject -> audit.entries(c, affiliateId, subject, before, limit))
                .map(entries -> entries.stream().map(PersonChanges::row).toList());
    }

    private static Row row(Audit.Entry entry) {
        return new Row(
                entry.id(),
                new JsonObject()
                        .put("id", TypeId.AUDIT.format(entry.id()))
                        .put("at", entry.at().toString())
                        .put("action", entry.action())
                        .put("objectId", entry.objectId()));
    }

    /** Their account is taken out by {@link Person}, which still knows it whatever the order. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return audit.blank(tx, List.of(affiliateId));
    }
}
