package dev.tributary.conversion.attribution;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides one conversion by the strongest evidence that leads to somebody who may earn, in the order of {@link Basis}: what is
 * there but may not earn gives way to the next. Where nothing leads to anybody, the strongest of the reasons stands.
 *
 * <p>A click that the event names stands for its visitor's way up to it: the last click of that way is the named one,
 * whatever the visitor clicked later.
 */
final class Precedence {
    private final Evidence evidence;
    private final Findings findings;
    private final List<Candidate> clicks;

    private Precedence(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        clicks = findings.clicks().stream()
                .map(seen -> seen.judged(findings.window(), evidence.occurredAt()))
                .toList();
    }

    static Decision decide(Evidence evidence, Findings findings) {
        return new Precedence(evidence, findings).decide();
    }

    private Decision decide() {
        Step named = party(evidence.affiliateId(), findings.named(), Basis.NAMED, Exclusion.AFFILIATE_UNKNOWN);
        if (named != null) return decided(named);
        List<Step> steps = Stream.of(
                        party(
                                evidence.promoCode(),
                                findings.codeOwner(),
                                Basis.PROMO_CODE,
                                Exclusion.PROMO_CODE_UNKNOWN),
                        named(evidence.clickId()),
                        party(findings.bound(), findings.bound(), Basis.CUSTOMER, Exclusion.NO_EVIDENCE),
                        visitor())
                .filter(Objects::nonNull)
                .toList();
        Optional<Step> first =
                steps.stream().filter(step -> step.refused == null).findFirst();
        return decided(first.or(() -> steps.stream().findFirst()).orElse(Step.refused(Exclusion.NO_EVIDENCE)));
    }

    /** Null where there is no such evidence. */
    private static @Nullable Step party(@Nullable Object given, @Nullable Party found, Basis basis, Exclusion unknown) {
        if (given == null) return null;
        if (found == null) return Step.refused(unknown);
        return found.barred() ? Step.refused(Exclusion.AFFILIATE_SUSPENDED) : new Step(basis, null, found, List.of());
    }

    private @Nullable Step named(@Nullable UUID clickId) {
        if (clickId == null) return null;
        Optional<Candidate> named =
                clicks.stream().filter(click -> click.clickId().equals(clickId)).findFirst();
        if (named.isEmpty()) return Step.refused(Exclusion.CLICK_UNKNOWN);
        Exclusion excluded = named.get().excluded();
        if (excluded != null) return Step.refused(excluded);
        int last = clicks.indexOf(named.get());
        Stream<Candidate> later = clicks.stream()
                .skip(last + 1L)
                .map(click -> click.excluded() == null ? click.excludedBy(Exclusion.AFTER_NAMED_CLICK) : click);
        List<Candidate> way =
                Stream.concat(clicks.stream().limit(last + 1L), later).toList();
        return new Step(Basis.CLICK, null, null, way);
    }

    private @Nullable Step visitor() {
        List<Candidate> others = clicks.stream()
                .filter(click -> !click.clickId().equals(evidence.clickId()))
                .toList();
        if (others.isEmpty()) return null;
        if (new Journey(others).earns()) return new Step(Basis.VISITOR, null, null, clicks);
        return Step.refused(others.get(others.size() - 1).excluded());
    }

    private Decision decided(Step step) {
        Journey way = new Journey(step.way.isEmpty() ? clicks : step.way);
        if (step.basis.isClicks()) way = way.weighed(findings.model());
        List<Winner> winners = step.party != null ? List.of(step.party.winning()) : way.winners();
        boolean missing =
                evidence.clickId() != null && findings.click(evidence.clickId()).isEmpty();
        return new Decision(
                evidence.conversionId(),
                evidence.number(),
                findings.model().word(),
                findings.model().version(),
                findings.window().days(),
                step.basis,
                step.refused,
                missing,
                winners,
                way.clicks());
    }

    /** What one kind of evidence leads to: a party, or a way of clicks, or the reason why to nobody. */
    private record Step(Basis basis, @Nullable Exclusion refused, @Nullable Party party, List<Candidate> way) {
        static Step refused(@Nullable Exclusion reason) {
            return new Step(Basis.NONE, reason, null, List.of());
        }
    }
}
