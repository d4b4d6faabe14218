package dev.tributary.payout.admin;

import dev.tributary.payout.StoredPayout;
import dev.tributary.payout.method.PayoutMethods;
import dev.tributary.payout.method.Way;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Knows whose approval of a payout does not count: who asked for it or started its run, and who chose where it goes. One
 * person alone, or one stolen account, moves no money that somebody is to look at.
 */
@ApplicationScoped
class Partiality {
    private final PayoutMethods methods;
    private final ApprovalConfig config;

    Partiality(PayoutMethods methods, ApprovalConfig config) {
        this.methods = methods;
        this.config = config;
    }

    /** The accounts by payout, at most {@link PayoutMethods#MOST} payouts; none where the installation has one person. */
    Uni<Map<UUID, Set<String>>> of(SqlConnection tx, List<StoredPayout> asked) {
        Map<UUID, Set<String>> partial = new HashMap<>();
        if (config.own()) return Uni.createFrom().item(partial);
        asked.forEach(each -> add(partial, each, each.requestedBy()));
        Map<String, List<StoredPayout>> byCurrency = asked.stream()
                .collect(Collectors.groupingBy(each -> each.payout().amounts().currency()));
        return Multi.createFrom()
                .iterable(byCurrency.entrySet())
                .onItem()
                .transformToUniAndConcatenate(each -> choosers(tx, each.getKey(), each.getValue(), partial))
                .collect()
                .asList()
                .replaceWith(partial);
    }

    private Uni<Integer> choosers(
            SqlConnection tx, String currency, List<StoredPayout> asked, Map<UUID, Set<String>> partial) {
        Set<UUID> affiliates =
                asked.stream().map(each -> each.owner().affiliateId()).collect(Collectors.toSet());
        return methods.of(tx, affiliates, currency)
                .invoke(ways -> asked.forEach(each -> {
                    Way way = ways.get(each.owner().affiliateId());
                    if (way != null) add(partial, each, way.chosenBy());
                }))
                .map(Map::size);
    }

    private static void add(Map<UUID, Set<String>> partial, StoredPayout payout, String account) {
        partial.computeIfAbsent(payout.id(), none -> new HashSet<>()).add(account);
    }
}
