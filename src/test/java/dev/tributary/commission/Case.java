package dev.tributary.commission;

import dev.tributary.commission.rule.Item;
import dev.tributary.commission.rule.Kinds;
import dev.tributary.commission.rule.On;
import dev.tributary.commission.rule.Terms;
import dev.tributary.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A program, an affiliate and a sale for tests of the arithmetic, with what each test changes. */
final class Case {
    static final UUID PROGRAM = new UUID(0x7000, 1);
    static final UUID TIER = new UUID(0x7000, 2);
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    final List<RuleVersion> rules = new ArrayList<>();
    final List<Party> parties = new ArrayList<>();
    final Counters counters = new Counters();
    List<Item> items = List.of();
    On kind = On.SALE;
    ZoneId zone = ZoneOffset.UTC;
    Instant at = NOON;
    long months;

    static Party.Member member(int n) {
        return new Party.Member(new UUID(0x8000, n), new UUID(0x9000, n));
    }

    Case base(int bps) {
        rules.add(RuleVersion.implied(
                PROGRAM, 0, "percentage", RuleVersion.BASE_RATE, Scope.PROGRAM, null, Terms.share(bps)));
        return this;
    }

    Case tier(int bps) {
        rules.add(
                RuleVersion.implied(TIER, 0, "percentage", RuleVersion.TIER_RATE, Scope.TIER, TIER, Terms.share(bps)));
        return this;
    }

    Case agreement(int party, int bps) {
        UUID target = member(party).enrollmentId();
        rules.add(RuleVersion.implied(
                new UUID(0x7000, 3),
                4,
                "percentage",
                RuleVersion.AGREEMENT_SPLIT,
                Scope.AGREEMENT,
                target,
                Terms.share(bps)));
        return this;
    }

    Case rule(String kind, Scope scope, @Nullable UUID target, Terms terms) {
        return rule(kind, scope, target, terms, null);
    }

    Case rule(String kind, Scope scope, @Nullable UUID target, Terms terms, @Nullable Cap cap) {
        UUID id = new UUID(0x7700, rules.size());
        rules.add(new RuleVersion(id, 1, kind, kind, scope, target, Instant.EPOCH, null, cap, terms));
        return this;
    }

    Case party(int n, int weightBps) {
        parties.add(new Party(member(n), weightBps, TIER, rules, List.of()));
        return this;
    }

    Case recruited(int n, List<Optional<Party.Member>> recruiters) {
        parties.add(new Party(member(n), 10_000, TIER, rules, recruiters));
        return this;
    }

    List<Earned> sell(long amount) {
        Sale sale = new Sale(kind, amount, items, at, zone, months);
        for (Party party : parties)
            for (RuleVersion rule : rules) {
                if (rule.cap() != null) open(Calculation.capKey(party.member().enrollmentId(), rule, sale));
                if (Calculation.counts(rule))
                    open(Calculation.volumeKey(party.member().enrollmentId(), rule, sale));
            }
        List<Party> fresh = parties.stream()
                .map(p -> new Party(p.member(), p.weightBps(), p.tierId(), rules, p.recruiters()))
                .toList();
        return Calculation.of(Kinds.all(), sale, fresh, counters);
    }

    private void open(Counters.Key key) {
        if (counters.all().stream().noneMatch(each -> each.getKey().equals(key)))
            counters.put(key, Counters.Count.NONE);
    }

    static Terms flat(long amount) {
        return flat(amount, null);
    }

    static Terms flat(long amount, @Nullable On on) {
        return new Terms(null, new Money(amount, "USD"), on, null, null, null, null, null, null, null);
    }

    static Terms recurring(int bps, @Nullable Integer months) {
        return new Terms(bps, null, null, months, null, null, null, null, null, null);
    }

    static Terms sku(String sku, int bps) {
        return new Terms(bps, null, null, null, sku, null, null, null, null, null);
    }

    static Terms category(String category, long each) {
        return new Terms(null, new Money(each, "USD"), null, null, null, category, null, null, null, null);
    }

    static Terms brackets(Terms.@Nullable VolumeOf of, Terms.Bracket... brackets) {
        return new Terms(null, null, null, null, null, null, of, List.of(brackets), null, null);
    }
}
