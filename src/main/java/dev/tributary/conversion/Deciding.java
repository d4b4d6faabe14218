package dev.tributary.conversion;

import dev.tributary.conversion.attribution.Attributions;
import dev.tributary.conversion.attribution.Decision;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds who is credited with a batch of drafts, or why nobody is: the program's terms, then the evidence, then the checks. */
@ApplicationScoped
class Deciding {
    private final IntakeRepository conversions;
    private final Attributions attributions;
    private final Checks checks;

    Deciding(IntakeRepository conversions, Attributions attributions, Checks checks) {
        this.conversions = conversions;
        this.attributions = attributions;
        this.checks = checks;
    }

    /** How long a draft whose click is missing may wait for it. */
    interface Patience {
        @Nullable
        Instant until(Terms terms, Draft draft, Decision made);
    }

    /** The same drafts in their order, decided. */
    Uni<List<Draft>> decide(SqlConnection tx, List<Draft> drafts, Patience patience) {
        if (drafts.isEmpty()) return Uni.createFrom().item(drafts);
        Set<UUID> programs = drafts.stream().map(d -> d.event().programId()).collect(Collectors.toSet());
        return conversions
                .terms(tx, programs)
                .chain(terms -> attribute(
                        tx, drafts.stream().map(draft -> judge(draft, terms)).toList(), terms, patience))
                .chain(decided -> checks.pass(tx, decided));
    }

    private static Draft judge(Draft draft, Map<UUID, Terms> terms) {
        Terms program = terms.get(draft.event().programId());
        if (program == null) throw new IllegalStateException("A door let an event of no program in");
        Draft priced = draft.in(program.currency());
        Reason refused = program.refuses(priced.event());
        return refused == null ? priced : priced.rejected(refused);
    }

    private Uni<List<Draft>> attribute(
            SqlConnection tx, List<Draft> judged, Map<UUID, Terms> terms, Patience patience) {
        List<Draft> open = judged.stream().filter(d -> d.is(Status.WAITING)).toList();
        if (open.isEmpty()) return Uni.createFrom().item(judged);
        return attributions
                .decide(tx, open.stream().map(Draft::evidence).toList())
                .map(decisions ->
                        decisions.stream().collect(Collectors.toMap(Decision::conversionId, Function.identity())))
                .map(made -> judged.stream()
                        .map(draft -> decided(draft, made.get(draft.id()), terms, patience))
                        .toList());
    }

    private static Draft decided(Draft draft, @Nullable Decision made, Map<UUID, Terms> terms, Patience patience) {
        if (made == null) return draft;
        Terms own = Objects.requireNonNull(terms.get(draft.event().programId()));
        return draft.decided(made, patience.until(own, draft, made));
    }
}
