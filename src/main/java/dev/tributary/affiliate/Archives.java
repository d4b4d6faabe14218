package dev.tributary.affiliate;

import dev.tributary.audit.Audit;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import dev.tributary.privacy.ArchiveEntry;
import dev.tributary.privacy.People;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Everything held about an affiliate, handed out with an entry in the record that it was. */
@ApplicationScoped
class Archives {
    private final AffiliateRepository repository;
    private final Transactions transactions;
    private final People people;
    private final Audit audit;

    Archives(AffiliateRepository repository, Transactions transactions, People people, Audit audit) {
        this.repository = repository;
        this.transactions = transactions;
        this.people = people;
        this.audit = audit;
    }

    /** Fails with 404 where there is no such affiliate, before anything is handed out. */
    Multi<ArchiveEntry> of(UUID affiliate) {
        return transactions
                .run(tx -> repository
                        .find(tx, affiliate)
                        .map(found -> found.orElseThrow(() -> Problem.notFound("Affiliate")))
                        .call(() -> audit.record(
                                tx, "affiliate.export", TypeId.AFFILIATE, affiliate, null, new JsonObject())))
                .onItem()
                .transformToMulti(found -> people.archive(affiliate));
    }
}
