package dev.tributary.commission;

import dev.tributary.ledger.Entry;
import dev.tributary.ledger.Ledger;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes moves: the commissions as they are after them, what is told of them, and last the entries in the books. */
@ApplicationScoped
class Posting {
    private final CommissionRepository repository;
    private final CommissionEvents events;
    private final Ledger ledger;

    Posting(CommissionRepository repository, CommissionEvents events, Ledger ledger) {
        this.repository = repository;
        this.events = events;
        this.ledger = ledger;
    }

    /**
     * Applies the moves in the caller's transaction, which holds the locks of the commissions that are not new. Call it
     * last: it locks balances.
     *
     * @param arithmetic of new commissions, by their ids
     * @param reason of a person, where one did it
     */
    Uni<Void> apply(SqlConnection tx, List<Move> moves, Map<UUID, Arithmetic> arithmetic, @Nullable String reason) {
        if (moves.isEmpty()) return Uni.createFrom().voidItem();
        List<Commission> made =
                moves.stream().filter(Move::made).map(Move::after).toList();
        List<Commission> changed =
                moves.stream().filter(move -> !move.made()).map(Move::after).toList();
        return repository
                .insert(tx, made, arithmetic, reason)
                .chain(() -> repository.update(tx, changed, reason))
                .chain(() -> events.tell(tx, moves))
                .chain(() -> post(tx, moves));
    }

    /** In the order of the enrollments, so that several calls lock as one would. */
    private Uni<Void> post(SqlConnection tx, List<Move> moves) {
        List<Entry> entries = moves.stream()
                .sorted(Comparator.comparing(move -> move.after().member().enrollmentId()))
                .flatMap(move -> move.entries().stream())
                .toList();
        Uni<Void> posted = Uni.createFrom().voidItem();
        for (List<Entry> part : parts(entries))
            posted = posted.chain(() -> ledger.post(tx, part)).replaceWithVoid();
        return posted;
    }

    private static List<List<Entry>> parts(List<Entry> entries) {
        List<List<Entry>> parts = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += Ledger.MAX_ENTRIES)
            parts.add(entries.subList(from, Math.min(entries.size(), from + Ledger.MAX_ENTRIES)));
        return parts;
    }
}
