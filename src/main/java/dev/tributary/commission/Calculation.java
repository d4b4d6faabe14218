package dev.tributary.commission;

import dev.tributary.commission.rule.Basis;
import dev.tributary.commission.rule.CommissionRule.Role;
import dev.tributary.commission.rule.Earning;
import dev.tributary.commission.rule.RuleKinds;
import dev.tributary.money.Shares;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What one decision about a conversion comes to: for each credited enrollment the commission of its base rule, then what is
 * added for sign-ups and volume, then the share of the recruiters. Nothing here depends on the order in which the credits
 * are given.
 *
 * <p>Each kind of commission is rounded half-even once for the whole conversion and shared out by largest remainder, so the
 * parts of several credits sum to what one credit would have got. Caps cut the parts afterwards.
 */
final class Calculation {
    private final RuleKinds kinds;
    private final Precedence precedence;
    private final Sale sale;
    private final List<Party> parties;
    private final Counters counters;
    private final List<Earned> earned = new ArrayList<>();

    private Calculation(RuleKinds kinds, Sale sale, List<Party> parties, Counters counters) {
        this.kinds = kinds;
        this.precedence = new Precedence(kinds, sale);
        this.sale = sale;
        this.parties = parties.stream()
                .sorted(Comparator.comparing(party -> party.member().enrollmentId()))
                .toList();
        this.counters = counters;
    }

    /** The commissions; whatever caps and volumes count is counted. */
    static List<Earned> of(RuleKinds kinds, Sale sale, List<Party> parties, Counters counters) {
        Calculation calculation = new Calculation(kinds, sale, parties, counters);
        calculation.base();
        calculation.bonuses();
        calculation.uplines();
        return List.copyOf(calculation.earned);
    }

    /** A rule's answer for one party, before rounding. */
    record Gift(Party party, RuleVersion rule, Earning earning, int weightBps) {
        BigDecimal exact() {
            return Shares.exact(earning.exact(), weightBps);
        }

        Arithmetic arithmetic() {
            return Arithmetic.of(rule, rule.publicId(), earning, weightBps);
        }
    }

    private void base() {
        List<Gift> gifts = parties.stream()
                .flatMap(party -> precedence.base(party).stream())
                .toList();
        List<Arithmetic> shared = shared(gifts);
        for (int i = 0; i < gifts.size(); i++) {
            Gift gift = gifts.get(i);
            add(gift, capped(gift, shared.get(i)), true);
        }
    }

    private void bonuses() {
        List<Gift> signUps = parties.stream()
                .flatMap(party -> precedence.closest(party, Role.BONUS, basis(party, 0, Basis.Volume.NONE)).stream()
                        .filter(rule -> !counts(rule))
                        .map(rule -> gift(party, rule, basis(party, 0, Basis.Volume.NONE), party.weightBps())))
                .toList();
        List<Arithmetic> shared = shared(signUps);
        for (int i = 0; i < signUps.size(); i++) add(signUps.get(i), capped(signUps.get(i), shared.get(i)), false);
        parties.forEach(this::volume);
    }

    /** A share of what the party's base commission came to, and this sale counted for those that follow. */
    private void volume(Party party) {
        Optional<RuleVersion> found = precedence.closest(party, Role.BONUS, basis(party, 0, Basis.Volume.NONE)).stream()
                .filter(Calculation::counts)
                .findFirst();
        Optional<Earned> base = baseOf(party);
        if (found.isEmpty() || base.isEmpty()) return;
        RuleVersion rule = found.get();
        Counters.Key key = volumeKey(party.member().enrollmentId(), rule, sale);
        Counters.Count before = counters.of(key);
        Basis.Volume volume = new Basis.Volume(before.revenueMinor(), before.conversions());
        Gift gift = gift(party, rule, basis(party, base.get().amount(), volume), Shares.WHOLE);
        add(gift, capped(gift, gift.arithmetic().finished()), false);
        long revenue = Shares.of(sale.amountMinor(), party.weightBps());
        counters.sold(key, revenue, 1);
        Earned counted = base.get();
        earned.set(
                earned.indexOf(counted),
                new Earned(
                        counted.member(),
                        counted.rule(),
                        true,
                        0,
                        counted.through(),
                        counted.arithmetic()
                                .counting(new Arithmetic.VolumeUse(
                                        rule.publicId(),
                                        key.from(),
                                        before.revenueMinor(),
                                        before.conversions(),
                                        revenue))));
    }

    private void uplines() {
        for (Party party : parties) {
            Optional<Earned> base = baseOf(party);
            if (base.isEmpty() || base.get().amount() == 0) continue;
            for (int level = 1; level <= party.recruiters().size(); level++)
                upline(party, base.get().amount(), level);
        }
    }

    private void upline(Party party, long base, int level) {
        Basis basis = basis(party, 0, Basis.Volume.NONE).upline(base, level);
        Optional<Party.Member> recruiter = party.recruiters().get(level - 1);
        Optional<RuleVersion> rule =
                precedence.closest(party, Role.UPLINE, basis).stream().findFirst();
        if (recruiter.isEmpty() || rule.isEmpty()) return;
        Arithmetic arithmetic =
                gift(party, rule.get(), basis, Shares.WHOLE).arithmetic().finished();
        if (arithmetic.amount() > 0)
            earned.add(new Earned(
                    recruiter.get(),
                    rule.get().name() + "_" + level,
                    false,
                    level,
                    party.member().enrollmentId(),
                    arithmetic));
    }

    private Optional<Earned> baseOf(Party party) {
        return earned.stream()
                .filter(each -> each.member().equals(party.member()) && each.base())
                .findFirst();
    }

    private Gift gift(Party party, RuleVersion rule, Basis basis, int weightBps) {
        return new Gift(party, rule, kinds.of(rule.kind()).earning(rule.terms(), basis), weightBps);
    }

    private Basis basis(Party party, long base, Basis.Volume volume) {
        return Basis.of(sale.kind(), sale.amountMinor(), party.tierId(), sale.customerMonths())
                .upon(base, volume);
    }

    /** Whether a rule asks for what was sold before in the month. */
    static boolean counts(RuleVersion rule) {
        return rule.terms().brackets() != null;
    }

    static Counters.Key volumeKey(UUID enrollmentId, RuleVersion rule, Sale sale) {
        return new Counters.Key(enrollmentId, rule.id(), Cap.Period.MONTH.start(sale.occurredAt(), sale.zone()));
    }

    /** Under the same id as the volume of a rule, but in other columns. */
    static Counters.Key capKey(UUID enrollmentId, RuleVersion rule, Sale sale) {
        Cap cap = Objects.requireNonNull(rule.cap());
        return new Counters.Key(enrollmentId, rule.id(), cap.period().start(sale.occurredAt(), sale.zone()));
    }

    private static List<Arithmetic> shared(List<Gift> gifts) {
        if (gifts.size() == 1) return List.of(gifts.get(0).arithmetic().finished());
        List<BigDecimal> exact = gifts.stream().map(Gift::exact).toList();
        List<Integer> ranks = Shares.ranks(exact);
        int units = Shares.left(exact);
        List<Arithmetic> parts = new ArrayList<>();
        for (int i = 0; i < gifts.size(); i++)
            parts.add(gifts.get(i).arithmetic().in(new Arithmetic.Split(units, ranks.get(i))));
        return parts;
    }

    private Arithmetic capped(Gift gift, Arithmetic whole) {
        Cap cap = gift.rule().cap();
        if (cap == null) return whole;
        Counters.Key key = capKey(gift.party().member().enrollmentId(), gift.rule(), sale);
        Arithmetic cut = whole.under(new Arithmetic.CapUse(
                gift.rule().publicId(),
                cap.period(),
                key.from(),
                cap.amountMinor(),
                counters.of(key).paidMinor()));
        counters.paid(key, cut.amount());
        return cut;
    }

    /** A base commission is kept also at 0, because it tells why; anything else only where there was something to cut. */
    private void add(Gift gift, Arithmetic arithmetic, boolean base) {
        boolean cut = arithmetic.cap() != null && arithmetic.exact().signum() > 0;
        if (base || cut || arithmetic.amount() > 0)
            earned.add(new Earned(
                    gift.party().member(),
                    gift.rule().name(),
                    base,
                    0,
                    gift.party().member().enrollmentId(),
                    arithmetic));
    }
}
