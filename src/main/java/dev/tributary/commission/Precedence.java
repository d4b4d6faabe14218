package dev.tributary.commission;

import dev.tributary.commission.rule.Basis;
import dev.tributary.commission.rule.CommissionRule.Role;
import dev.tributary.commission.rule.Earning;
import dev.tributary.commission.rule.Item;
import dev.tributary.commission.rule.RuleKinds;
import dev.tributary.commission.rule.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which rule counts: of those that are valid at the time of the sale, are for this enrollment and have a say in it, the one
 * with the closest scope. Exactly one base rule wins: enrollment, else agreement, else product, else tier, else program.
 *
 * <p>A product rule takes the order lines that it matches, those by SKU before those by category; the rest of the amount is
 * left to the tier or the program. Lines that sum to more than the order, as after a discount on all of it, count in
 * proportion.
 */
final class Precedence {
    private final RuleKinds kinds;
    private final Sale sale;

    Precedence(RuleKinds kinds, Sale sale) {
        this.kinds = kinds;
        this.sale = sale;
    }

    /** What the base rule gives, if any has a say. */
    Optional<Calculation.Gift> base(Party party) {
        Basis basis = Basis.of(sale.kind(), sale.amountMinor(), party.tierId(), sale.customerMonths());
        Optional<RuleVersion> winner = closest(party, Role.BASE, basis).stream().findFirst();
        boolean mayBeProduct = winner.isEmpty() || winner.get().scope().compareTo(Scope.PRODUCT) > 0;
        Map<RuleVersion, List<Item>> products = mayBeProduct ? products(party, basis) : Map.of();
        if (!products.isEmpty()) return Optional.of(byProduct(party, basis, products, winner));
        return winner.map(rule -> new Calculation.Gift(
                party, rule, kinds.of(rule.kind()).earning(rule.terms(), basis), party.weightBps()));
    }

    /** The rules of a role that have a say, the closest first, and of each kind only the closest. */
    List<RuleVersion> closest(Party party, Role role, Basis basis) {
        Map<String, RuleVersion> byKind = new LinkedHashMap<>();
        candidates(party, role, basis).forEach(rule -> byKind.putIfAbsent(rule.kind(), rule));
        return List.copyOf(byKind.values());
    }

    private List<RuleVersion> candidates(Party party, Role role, Basis basis) {
        return party.rules().stream()
                .filter(rule -> kinds.of(rule.kind()).role() == role
                        && rule.validAt(sale.occurredAt())
                        && rule.isFor(party.member().enrollmentId(), party.tierId())
                        && kinds.of(rule.kind()).applies(rule.terms(), basis))
                .sorted(RuleVersion.CLOSEST_FIRST)
                .toList();
    }

    private Map<RuleVersion, List<Item>> products(Party party, Basis basis) {
        Map<RuleVersion, List<Item>> matched = new LinkedHashMap<>();
        for (Item item : scaled())
            candidates(party, Role.PRODUCT, basis.part(item.amountMinor(), List.of(item))).stream()
                    .min((one, other) -> Boolean.compare(
                            one.terms().sku() == null, other.terms().sku() == null))
                    .ifPresent(rule -> matched.computeIfAbsent(rule, each -> new ArrayList<>())
                            .add(item));
        return matched;
    }

    /** The lines as they are, or cut so that they sum to the order's amount. */
    private List<Item> scaled() {
        long sum = sale.items().stream().mapToLong(Item::amountMinor).reduce(0, Math::addExact);
        if (sum <= sale.amountMinor()) return sale.items();
        List<Item> scaled = new ArrayList<>();
        long lines = 0;
        long amounts = 0;
        for (Item item : sale.items()) {
            lines += item.amountMinor();
            long upTo = dev.tributary.money.Shares.proportion(sale.amountMinor(), lines, sum);
            scaled.add(new Item(item.sku(), item.category(), item.quantity(), upTo - amounts));
            amounts = upTo;
        }
        return scaled;
    }

    private Calculation.Gift byProduct(
            Party party, Basis basis, Map<RuleVersion, List<Item>> products, Optional<RuleVersion> otherwise) {
        List<Term> terms = new ArrayList<>();
        long rest = sale.amountMinor();
        for (Map.Entry<RuleVersion, List<Item>> each : products.entrySet()) {
            RuleVersion rule = each.getKey();
            long amount = each.getValue().stream().mapToLong(Item::amountMinor).sum();
            rest -= amount;
            terms.addAll(kinds.of(rule.kind())
                    .earning(rule.terms(), basis.part(amount, each.getValue()))
                    .terms());
        }
        String note = "";
        if (rest > 0 && otherwise.isPresent()) {
            RuleVersion rule = otherwise.get();
            terms.addAll(kinds.of(rule.kind())
                    .earning(rule.terms(), basis.part(rest, List.of()))
                    .terms());
            note = "the rest by %s, %s version %d".formatted(rule.name(), rule.publicId(), rule.number());
        }
        RuleVersion first = products.keySet().iterator().next();
        return new Calculation.Gift(party, first, new Earning(terms, note), party.weightBps());
    }
}
