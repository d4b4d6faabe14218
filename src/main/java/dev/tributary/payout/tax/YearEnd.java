package dev.tributary.payout.tax;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * One payer's payments of one year, added one by one and split by rail. Each stands in exactly one line, so that what is
 * reported and what is not sum to what was paid.
 */
public final class YearEnd {
    private static final String DOLLARS = "USD";

    private final int year;
    private final ZoneId payer;
    private final Thresholds thresholds;
    private final Set<String> processors;
    private final Map<Key, Sum> sums = new TreeMap<>();

    private record Key(UUID affiliateId, String rail, String currency) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::affiliateId).thenComparing(Key::rail).thenComparing(Key::currency);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Sum(long paid, long withheld) {
        static final Sum NOTHING = new Sum(0, 0);

        Sum and(long morePaid, long moreWithheld) {
            return new Sum(Math.addExact(paid, morePaid), Math.addExact(withheld, moreWithheld));
        }
    }

    /**
     * @param payer the zone whose year it is
     * @param processors rails whose provider reports what it settles
     */
    public YearEnd(int year, ZoneId payer, Thresholds thresholds, Set<String> processors) {
        this.year = year;
        this.payer = payer;
        this.thresholds = thresholds;
        this.processors = Set.copyOf(processors);
    }

    /** Leaves out what was paid in another year. */
    public void add(Payment payment) {
        if (payment.paidAt().atZone(payer).getYear() != year) return;
        Key key = new Key(payment.affiliateId(), payment.rail(), payment.currency());
        sums.put(key, sums.getOrDefault(key, Sum.NOTHING).and(payment.grossMinor(), payment.withheldMinor()));
    }

    /** Who was paid, in their order. */
    public Set<UUID> affiliates() {
        Set<UUID> all = new TreeSet<>();
        sums.keySet().forEach(key -> all.add(key.affiliateId()));
        return all;
    }

    /** In the order of affiliates and rails. */
    public List<YearLine> lines(Function<UUID, Optional<FormFacts>> forms) {
        Map<UUID, Sum> byPerson = new TreeMap<>();
        sums.forEach((key, sum) -> {
            if (isOurs(key))
                byPerson.merge(key.affiliateId(), sum, (one, more) -> one.and(more.paid(), more.withheld()));
        });
        List<YearLine> lines = new ArrayList<>();
        sums.forEach((key, sum) -> {
            Sum all = byPerson.getOrDefault(key.affiliateId(), Sum.NOTHING);
            Treatment treatment = treatment(key, all, forms.apply(key.affiliateId()));
            lines.add(
                    new YearLine(key.affiliateId(), key.rail(), key.currency(), sum.paid(), sum.withheld(), treatment));
        });
        return lines;
    }

    private boolean isOurs(Key key) {
        return key.currency().equals(DOLLARS) && !processors.contains(key.rail());
    }

    /** Whoever had tax withheld gets a form whatever the sum: it is how they get it back. */
    private Treatment treatment(Key key, Sum all, Optional<FormFacts> form) {
        if (processors.contains(key.rail())) return Treatment.PROCESSOR;
        if (form.isPresent() && form.get().kind() != FormKind.W9) return Treatment.FOREIGN;
        if (!key.currency().equals(DOLLARS)) return Treatment.OTHER_CURRENCY;
        boolean withheld = all.withheld() > 0;
        if (form.isPresent() && !form.get().reported() && !withheld) return Treatment.EXEMPT;
        if (all.paid() < thresholds.of(year) && !withheld) return Treatment.UNDER_THRESHOLD;
        return form.isPresent() ? Treatment.NEC : Treatment.FORM_MISSING;
    }
}
