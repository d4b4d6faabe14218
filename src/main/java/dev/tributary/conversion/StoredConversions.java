package dev.tributary.conversion;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conversions that are stored, for the doors of this room: read with who is credited, and decided once more. */
@ApplicationScoped
public class StoredConversions {
    private final ConversionRepository repository;
    private final Credits credits;
    private final Redecisions redecisions;

    StoredConversions(ConversionRepository repository, Credits credits, Redecisions redecisions) {
        this.repository = repository;
        this.credits = credits;
        this.redecisions = redecisions;
    }

    /** What a list leaves; null = everything. */
    public record Filter(
            @Nullable UUID programId,
            @Nullable UUID affiliateId,
            @Nullable String status,
            @Nullable String kind,
            @Nullable String reason,
            @Nullable String externalId,
            @Nullable String customer,
            @Nullable Instant from,
            @Nullable Instant to) {
        public static final Filter ALL = new Filter(null, null, null, null, null, null, null, null, null);
    }

    public Uni<Optional<Shown>> find(SqlConnection c, UUID id) {
        return repository
                .find(c, id)
                .chain(found -> shown(c, found.stream().toList()))
                .map(one -> one.stream().findFirst());
    }

    /** Those before an id, newest first. */
    public Uni<List<Shown>> list(SqlConnection c, UUID before, int limit, Filter filter) {
        return repository.list(c, before, limit, filter).chain(page -> shown(c, page));
    }

    /** The same of what one affiliate is credited with, also in part. */
    public Uni<List<Shown>> own(SqlConnection c, UUID before, int limit, UUID affiliate, Filter filter) {
        return repository.own(c, before, limit, affiliate, filter).chain(page -> shown(c, page));
    }

    /**
     * Decides those of the ids that there are once more, locked until the transaction ends, in the order of their ids;
     * {@code affiliate}, where one is named, is credited whatever the evidence says.
     */
    public Uni<List<Redecided>> again(SqlConnection tx, List<UUID> ids, @Nullable UUID affiliate) {
        return lock(tx, ids)
                .chain(before -> redecisions.again(tx, ids, affiliate).chain(result -> lock(tx, ids)
                        .map(after -> both(before, after, result))));
    }

    private static List<Redecided> both(List<Shown> before, List<Shown> after, Redecisions.Result result) {
        Map<UUID, Shown> old = before.stream().collect(Collectors.toMap(Shown::id, Function.identity()));
        Set<UUID> changed = result.changed().stream().map(Draft::id).collect(Collectors.toSet());
        return after.stream()
                .map(now -> new Redecided(
                        Objects.requireNonNull(old.get(now.id())), now, of(now.id(), result.frozen(), changed)))
                .toList();
    }

    private static Redecided.Result of(UUID id, Set<UUID> frozen, Set<UUID> changed) {
        if (frozen.contains(id)) return Redecided.Result.FROZEN;
        return changed.contains(id) ? Redecided.Result.CHANGED : Redecided.Result.UNCHANGED;
    }

    private Uni<List<Shown>> lock(SqlConnection tx, List<UUID> ids) {
        return repository.lock(tx, ids).chain(found -> shown(tx, found));
    }

    private Uni<List<Shown>> shown(SqlConnection c, List<Conversion> page) {
        return credits.of(c, page.stream().map(Conversion::id).toList()).map(byId -> page.stream()
                .map(conversion -> new Shown(conversion, byId.getOrDefault(conversion.id(), List.of())))
                .toList());
    }
}
