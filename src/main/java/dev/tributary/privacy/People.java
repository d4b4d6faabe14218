package dev.tributary.privacy;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All that is held about one affiliate as a person: every room's {@link PersonalData} together. */
@ApplicationScoped
public class People {
    /** Rows a query: two pages at most are in memory, however much there is. */
    private static final int PAGE = 500;

    private static final UUID TOP = new UUID(-1, -1);

    private final List<PersonalData> rooms;
    private final Transactions transactions;

    People(Instance<PersonalData> rooms, Transactions transactions) {
        this.rooms =
                rooms.stream().sorted(Comparator.comparing(PersonalData::name)).toList();
        this.transactions = transactions;
    }

    /** How many rows of one kind were changed. */
    @Schema(name = "ErasedRows")
    public record Erased(@Schema(examples = "violations") String kind, @Schema(examples = "2") int rows) {}

    /** One row after the other, kind by kind; the next are read when the reader has taken those before. */
    public Multi<ArchiveEntry> archive(UUID affiliateId) {
        return Multi.createFrom()
                .iterable(rooms)
                .onItem()
                .transformToMultiAndConcatenate(room -> rows(room, affiliateId));
    }

    private Multi<ArchiveEntry> rows(PersonalData room, UUID affiliateId) {
        AtomicReference<UUID> before = new AtomicReference<>(TOP);
        return Multi.createBy()
                .repeating()
                .uni(() -> transactions
                        .read(c -> room.export(c, affiliateId, Objects.requireNonNull(before.get()), PAGE))
                        .invoke(page -> {
                            if (!page.isEmpty())
                                before.set(page.get(page.size() - 1).id());
                        }))
                .whilst(page -> page.size() == PAGE)
                .onItem()
                .<PersonalData.Row>disjoint()
                .map(row -> new ArchiveEntry(room.name(), plain(row.data())));
    }

    /** Nested values as maps and lists, which every JSON writer knows. */
    private static java.util.Map<String, Object> plain(JsonObject data) {
        return new JsonObject(data.encode()).getMap();
    }

    /** Blanks the person in every room, in the caller's transaction; answers what was changed, kind by kind. */
    public Uni<List<Erased>> erase(SqlConnection tx, UUID affiliateId) {
        return Multi.createFrom()
                .iterable(rooms)
                .onItem()
                .transformToUniAndConcatenate(
                        room -> room.erase(tx, affiliateId).map(rows -> new Erased(room.name(), rows)))
                .collect()
                .asList();
    }
}
