package dev.tributary.payout;

import dev.tributary.crypto.MasterKey;
import dev.tributary.money.Money;
import dev.tributary.money.Shares;
import dev.tributary.payout.method.PayoutMethods;
import dev.tributary.payout.method.Way;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.Order;
import dev.tributary.payout.rail.Rail;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The last look before money leaves: whether the person, their papers and their destination still allow it. Who passes is
 * frozen and claimed; who does not is held for a person to look at, or waits where time alone mends it.
 */
@ApplicationScoped
class Clearances {
    private static final Logger LOG = Logger.getLogger(Clearances.class);
    /** Of the balance, from which its own money was taken, and of itself. */
    private static final Set<Bar> OF_MAKING =
            Set.of(Bar.NOTHING_DUE, Bar.UNDER_MINIMUM, Bar.NOTHING_LEFT, Bar.PAYOUT_OPEN);

    private final Candidates candidates;
    private final PayoutMethods methods;
    private final MasterKey master;

    Clearances(Candidates candidates, PayoutMethods methods, MasterKey master) {
        this.candidates = candidates;
        this.methods = methods;
        this.master = master;
    }

    /** One deed for each of these approved payouts of a rail, which are locked. */
    Uni<List<Deed>> of(SqlConnection tx, Rail rail, List<StoredPayout> approved, Instant now) {
        Map<UUID, List<StoredPayout>> byProgram = approved.stream()
                .collect(Collectors.groupingBy(each -> each.owner().programId()));
        Uni<Map<UUID, Seen>> looked = Uni.createFrom().item(new HashMap<>());
        for (Map.Entry<UUID, List<StoredPayout>> each : byProgram.entrySet())
            looked = looked.chain(seen -> look(tx, each.getKey(), each.getValue(), now)
                    .invoke(more -> more.forEach(one -> seen.put(one.candidate().enrollmentId(), one)))
                    .replaceWith(seen));
        return looked.chain(
                seen -> methods.open(tx, methods(seen)).map(open -> deeds(rail, approved, seen, open, now)));
    }

    private Uni<List<Seen>> look(SqlConnection tx, UUID program, List<StoredPayout> payouts, Instant now) {
        List<UUID> enrollments =
                payouts.stream().map(each -> each.owner().enrollmentId()).toList();
        return candidates.payer(tx, program).chain(payer -> candidates.look(tx, payer, enrollments, now));
    }

    private static Set<UUID> methods(Map<UUID, Seen> seen) {
        return seen.values().stream()
                .flatMap(each -> each.way().stream())
                .map(Way::methodId)
                .collect(Collectors.toSet());
    }

    private List<Deed> deeds(
            Rail rail, List<StoredPayout> approved, Map<UUID, Seen> seen, Map<UUID, String> open, Instant now) {
        List<Deed> deeds = new ArrayList<>(approved.size());
        for (StoredPayout each : approved) {
            Seen one = seen.get(each.owner().enrollmentId());
            deeds.add(
                    one == null
                            ? hold(each, "not_enrolled")
                            : deed(rail, each, one, Optional.ofNullable(open.get(methodOf(one))), now));
        }
        return deeds;
    }

    private static UUID methodOf(Seen seen) {
        return seen.way().map(Way::methodId).orElse(new UUID(0, 0));
    }

    private Deed deed(Rail rail, StoredPayout payout, Seen seen, Optional<String> destination, Instant now) {
        List<Bar> bars =
                seen.bars().stream().filter(bar -> !OF_MAKING.contains(bar)).toList();
        if (bars.equals(List.of(Bar.COOLING))) return cools(payout, seen);
        if (!bars.isEmpty()) return hold(payout, bars.stream().map(Bar::word).collect(Collectors.joining(", ")));
        Amounts amounts = payout.payout().amounts();
        if (Shares.of(amounts.gross(), seen.candidate().withheldBps()) != amounts.withheld())
            return hold(payout, "the tax papers now ask for another amount to be withheld");
        Way way = seen.way().orElseThrow();
        if (!way.rail().equals(rail.name())) return elsewhere(payout.by(way.rail(), way.methodId()), now);
        Money net = new Money(amounts.net(), amounts.currency());
        if (destination.isEmpty() || !rail.takes(net)) return hold(payout, Bar.METHOD_NOT_READY.word());
        return freeze(rail, payout.by(way.rail(), way.methodId()), net, destination.get(), now);
    }

    private static Deed hold(StoredPayout payout, String why) {
        return Deed.of(payout, payout.payout().hold(why), "dispatch", why);
    }

    private static Deed cools(StoredPayout payout, Seen seen) {
        Instant until = seen.way()
                .flatMap(Way::changedAt)
                .orElseThrow()
                .plus(seen.terms().cooling());
        return new Deed(payout, Step.to(payout.payout()), "dispatch", Bar.COOLING.word(), Optional.of(until));
    }

    /** Their method has changed since, and has cooled: the other rail's turn. */
    private static Deed elsewhere(StoredPayout payout, Instant now) {
        return new Deed(payout, Step.to(payout.payout()), "dispatch", "another rail", Optional.of(now));
    }

    private Deed freeze(Rail rail, StoredPayout payout, Money net, String destination, Instant now) {
        try {
            PayoutKey key = new PayoutKey(payout.id());
            Instruction instruction = rail.freeze(new Order(payout.id(), key.text(), key.uuid(), net, destination));
            Frozen frozen =
                    Frozen.of(payout.id(), instruction.key(), instruction.destination(), instruction.body(), master);
            return Deed.of(payout.freezing(frozen), payout.payout().submit(now), "dispatch", "");
        } catch (RuntimeException e) {
            // one that cannot be written down must not stop the others; what was thrown may name the destination
            LOG.errorf(
                    "Payout %s cannot be frozen: %s", payout.id(), e.getClass().getName());
            return hold(payout, "it cannot be written as the rail wants it");
        }
    }
}
