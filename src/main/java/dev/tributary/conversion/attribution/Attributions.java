package dev.tributary.conversion.attribution;

import dev.tributary.conversion.attribution.DecisionRepository.Alternative;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is credited with conversions, and why. */
@ApplicationScoped
public class Attributions {
    /** What the intake takes at once; with a hundred candidates each still tens of megabytes at most. */
    public static final int MOST_AT_ONCE = 1_000;

    private final EvidenceQueries queries;
    private final DecisionRepository repository;
    private final Models models;
    private final Clock clock;

    Attributions(EvidenceQueries queries, DecisionRepository repository, Models models, Clock clock) {
        this.queries = queries;
        this.repository = repository;
        this.models = models;
        this.clock = clock;
    }

    /**
     * Decides a batch, in the order given and answered in the same: a customer whom one of it binds is bound for those after
     * it. Writes nothing (see {@link #keep}); what has not landed is not waited for.
     */
    public Uni<List<Decision>> decide(SqlConnection tx, List<Evidence> batch) {
        if (batch.size() > MOST_AT_ONCE)
            throw new IllegalArgumentException("At most " + MOST_AT_ONCE + " conversions are decided at once");
        if (batch.isEmpty()) return Uni.createFrom().item(List.of());
        return queries.findings(tx, batch).map(findings -> decided(batch, findings));
    }

    /** Keeps decisions with their reasons, once the conversions are stored: each number of a conversion once, for ever. */
    public Uni<Void> keep(SqlConnection tx, List<Decision> decisions) {
        if (decisions.isEmpty()) return Uni.createFrom().voidItem();
        List<Alternative> others =
                decisions.stream().flatMap(this::alternatives).toList();
        return repository.insert(tx, decisions, others, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** The words of all models, in the order in which reports show them. */
    public List<String> models() {
        return models.all().stream().map(AttributionModel::word).toList();
    }

    private static List<Decision> decided(List<Evidence> batch, List<Findings> findings) {
        Map<Customer, Party> bound = new HashMap<>();
        List<Decision> decisions = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Evidence evidence = batch.get(i);
            Customer customer = new Customer(evidence.programId(), evidence.customerExternalId());
            Findings found = findings.get(i);
            if (found.bound() == null && bound.containsKey(customer)) found = found.boundTo(bound.get(customer));
            Decision decision = Precedence.decide(evidence, found);
            decisions.add(decision);
            if (evidence.binds() && evidence.customerExternalId() != null && found.bound() == null)
                decision.foremost()
                        .ifPresent(to -> bound.put(customer, new Party(to.enrollmentId(), to.affiliateId(), false)));
        }
        return decisions;
    }

    private record Customer(UUID programId, @Nullable String externalId) {}

    /** Of clicks of one affiliate alone every model says the same, so there is nothing to keep. */
    private Stream<Alternative> alternatives(Decision decision) {
        Journey way = new Journey(decision.candidates());
        if (!decision.basis().isClicks() || !way.isContested()) return Stream.empty();
        return models.all().stream().flatMap(model -> way.weighed(model).winners().stream()
                .map(winner -> new Alternative(
                        decision.conversionId(),
                        decision.number(),
                        model.word(),
                        winner.affiliateId(),
                        winner.weightBps())));
    }
}
