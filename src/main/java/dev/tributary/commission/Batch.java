package dev.tributary.commission;

import dev.tributary.commission.rule.Item;
import dev.tributary.commission.rule.On;
import dev.tributary.commission.rule.RuleKinds;
import dev.tributary.conversion.Credit;
import dev.tributary.conversion.DueConversion;
import dev.tributary.conversion.Kind;
import dev.tributary.id.TypeId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Due conversions and all that their commissions depend on, as one transaction read it.
 *
 * @param booked the commissions that there are, by conversion
 * @param kept the arithmetic of those that an earlier decision made
 */
record Batch(
        List<DueConversion> due,
        Map<UUID, ProgramTerms> terms,
        Map<UUID, List<Commission>> booked,
        Map<UUID, Arithmetic> kept,
        Map<UUID, MemberRepository.Standing> standings,
        Map<MemberRepository.Customer, Instant> firstSales,
        Counters counters) {
    private static final Logger LOG = Logger.getLogger(Batch.class);

    /**
     * @param arithmetic of the new commissions
     * @param failures why, of conversions whose commissions could not be computed
     */
    record Result(List<Move> moves, Map<UUID, Arithmetic> arithmetic, Map<UUID, String> failures, Counters counters) {
        static final Result NONE = new Result(List.of(), Map.of(), Map.of(), new Counters());
    }

    /** All moves that are due, in the order of the conversions; one that fails keeps none of the others back. */
    Result compute(RuleKinds kinds, Supplier<UUID> ids, Instant now) {
        List<Move> moves = new ArrayList<>();
        Map<UUID, Arithmetic> arithmetic = new HashMap<>();
        Map<UUID, String> failures = new LinkedHashMap<>();
        for (DueConversion each : due) {
            Map<Counters.Key, Counters.Count> before = counters.copy();
            try {
                Map<UUID, Arithmetic> made = new HashMap<>();
                moves.addAll(moves(each, kinds, ids, now, made));
                arithmetic.putAll(made);
            } catch (ArithmeticException | IllegalStateException | IllegalArgumentException failure) {
                LOG.errorf(failure, "The commissions of conversion %s cannot be computed", each.id());
                counters.reset(before);
                failures.put(each.id(), String.valueOf(failure.getMessage()));
            }
        }
        return new Result(List.copyOf(moves), arithmetic, failures, counters);
    }

    private List<Move> moves(
            DueConversion each, RuleKinds kinds, Supplier<UUID> ids, Instant now, Map<UUID, Arithmetic> made) {
        List<Commission> old = bookedOf(each);
        Instant releaseAt = termsOf(each).releaseAt(each.occurredAt());
        Booking booking = new Booking(each, releaseAt, ids, now);
        List<Earned> earned =
                Booking.isNew(each, old) ? Calculation.of(kinds, sale(each), parties(each), counters) : List.of();
        List<Booking.Made> difference = booking.difference(old, earned);
        for (Booking.Made one : difference) {
            if (one.earned() != null)
                made.put(one.move().after().id(), one.earned().arithmetic());
            else if (one.move().after().decision() < each.decision())
                giveBack(one.move().after());
        }
        return difference.stream().map(Booking.Made::move).toList();
    }

    /** What an earlier decision took of a cap is free again, and what it counted does not count. */
    private void giveBack(Commission taken) {
        Arithmetic arithmetic = kept.get(taken.id());
        if (arithmetic == null) return;
        keysOf(taken, arithmetic).forEach((key, volume) -> {
            if (volume)
                counters.sold(key, -Objects.requireNonNull(arithmetic.volume()).revenue(), -1);
            else counters.paid(key, -arithmetic.amount());
        });
    }

    /** The counters that a commission is counted in; whether as volume or under a cap. */
    static Map<Counters.Key, Boolean> keysOf(Commission commission, Arithmetic arithmetic) {
        Map<Counters.Key, Boolean> keys = new HashMap<>();
        UUID enrollment = commission.member().enrollmentId();
        var cap = arithmetic.cap();
        if (cap != null)
            TypeId.COMMISSION_RULE
                    .parse(cap.rule())
                    .ifPresent(rule -> keys.put(new Counters.Key(enrollment, rule, cap.from()), false));
        var volume = arithmetic.volume();
        if (volume != null)
            TypeId.COMMISSION_RULE
                    .parse(volume.rule())
                    .ifPresent(rule -> keys.put(new Counters.Key(enrollment, rule, volume.from()), true));
        return keys;
    }

    private List<Commission> bookedOf(DueConversion each) {
        return booked.getOrDefault(each.id(), List.of());
    }

    private ProgramTerms termsOf(DueConversion each) {
        ProgramTerms found = terms.get(each.programId());
        if (found == null) throw new IllegalStateException("The conversion's program is gone");
        return found;
    }

    /** The counters that new commissions and those taken back may touch. */
    Set<Counters.Key> keys() {
        Set<Counters.Key> keys = new HashSet<>();
        for (DueConversion each : due) {
            boolean known = terms.containsKey(each.programId());
            if (known && Booking.isNew(each, bookedOf(each))) addKeys(each, keys);
            for (Commission old : bookedOf(each))
                if (kept.containsKey(old.id()))
                    keys.addAll(keysOf(old, kept.get(old.id())).keySet());
        }
        return keys;
    }

    private void addKeys(DueConversion each, Set<Counters.Key> keys) {
        Sale sale = sale(each);
        for (Credit credit : each.credits()) {
            for (RuleVersion rule : termsOf(each).rules()) {
                if (rule.cap() != null) keys.add(Calculation.capKey(credit.enrollmentId(), rule, sale));
                if (Calculation.counts(rule)) keys.add(Calculation.volumeKey(credit.enrollmentId(), rule, sale));
            }
        }
    }

    private Sale sale(DueConversion each) {
        List<Item> items = each.lines().stream()
                .map(line -> new Item(line.sku(), line.category(), line.quantity(), line.amountMinor()))
                .toList();
        ProgramTerms program = termsOf(each);
        return new Sale(
                each.kind() == Kind.LEAD ? On.LEAD : On.SALE,
                each.amount().amount(),
                items,
                each.occurredAt(),
                program.zone(),
                months(each, program));
    }

    private long months(DueConversion each, ProgramTerms program) {
        if (each.customer() == null) return 0;
        Instant first = firstSales.get(new MemberRepository.Customer(each.programId(), each.customer()));
        if (first == null) return 0;
        return Math.max(
                0,
                ChronoUnit.MONTHS.between(
                        first.atZone(program.zone()).toLocalDateTime(),
                        each.occurredAt().atZone(program.zone()).toLocalDateTime()));
    }

    /** One for each enrollment: several clicks of one affiliate are one credit. */
    private List<Party> parties(DueConversion each) {
        Map<Party.Member, Integer> weights = new LinkedHashMap<>();
        for (Credit credit : each.credits())
            weights.merge(
                    new Party.Member(credit.enrollmentId(), credit.affiliateId()), credit.weightBps(), Integer::sum);
        List<Party> parties = new ArrayList<>();
        weights.forEach((member, weight) -> parties.add(party(each, member, weight)));
        return parties;
    }

    private Party party(DueConversion each, Party.Member member, int weight) {
        MemberRepository.Standing standing = standings.get(member.enrollmentId());
        if (standing == null) throw new IllegalStateException("The enrollment of a credit is gone");
        List<RuleVersion> rules = new ArrayList<>(termsOf(each).rules());
        rules.addAll(standing.splits());
        int levels = Math.min(termsOf(each).levels(), standing.recruiters().size());
        return new Party(
                member, weight, standing.tierId(), rules, standing.recruiters().subList(0, levels));
    }
}
