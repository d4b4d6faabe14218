package dev.tributary.payout;

import dev.tributary.fraud.FraudScore;
import dev.tributary.fraud.FraudScores;
import dev.tributary.money.Money;
import dev.tributary.payout.method.PayoutMethods;
import dev.tributary.payout.method.Way;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Rails;
import dev.tributary.payout.tax.Paper;
import dev.tributary.payout.tax.PaperStanding;
import dev.tributary.payout.tax.TaxPapers;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who may be paid now and why others may not: the same answer for a run, a request and whoever asks why. */
@ApplicationScoped
public class Candidates {
    /** As many as the rooms that are asked answer for at once. */
    public static final int MOST = 1_000;

    private final CandidateRepository repository;
    private final Programs programs;
    private final TermsRepository terms;
    private final PayoutMethods methods;
    private final TaxPapers papers;
    private final FraudScores scores;
    private final Rails rails;

    Candidates(
            CandidateRepository repository,
            Programs programs,
            TermsRepository terms,
            PayoutMethods methods,
            TaxPapers papers,
            FraudScores scores,
            Rails rails) {
        this.repository = repository;
        this.programs = programs;
        this.terms = terms;
        this.methods = methods;
        this.papers = papers;
        this.scores = scores;
        this.rails = rails;
    }

    Uni<Payer> payer(SqlConnection c, UUID programId) {
        return programs.get(c, programId)
                .chain(program -> terms.of(c, programId).map(found -> Payer.of(program, found)));
    }

    /** How one enrollment of a program stands; nobody for one that is not there. */
    public Uni<Optional<Seen>> look(SqlConnection c, UUID programId, UUID enrollmentId, Instant now) {
        return payer(c, programId)
                .chain(payer -> look(c, payer, List.of(enrollmentId), now))
                .map(seen -> seen.stream().findFirst());
    }

    /** How these stand, at most {@value #MOST}, in the order of their ids. Certain where the caller has locked their balances. */
    Uni<List<Seen>> look(SqlConnection c, Payer payer, Collection<UUID> enrollments, Instant now) {
        if (enrollments.isEmpty()) return Uni.createFrom().item(List.of());
        return repository.facts(c, enrollments, payer.currency()).chain(facts -> {
            List<UUID> affiliates = facts.stream()
                    .map(CandidateRepository.Facts::affiliateId)
                    .distinct()
                    .toList();
            return methods.of(c, affiliates, payer.currency())
                    .chain(ways -> papers.of(c, payer.programId(), payer.zone(), affiliates)
                            .chain(standing -> scores.of(c, affiliates)
                                    .map(scored -> new Known(payer, ways, standing, scored))
                                    .map(known -> seen(facts, known, now))));
        });
    }

    /** What other rooms know, by affiliate. */
    private record Known(
            Payer payer, Map<UUID, Way> ways, Map<UUID, PaperStanding> papers, Map<UUID, FraudScore> scores) {}

    private List<Seen> seen(List<CandidateRepository.Facts> facts, Known known, Instant now) {
        List<Seen> seen = new ArrayList<>(facts.size());
        PayoutTerms on = known.payer().payoutTerms();
        for (CandidateRepository.Facts each : facts) {
            Optional<Way> way = Optional.ofNullable(known.ways().get(each.affiliateId()));
            Candidate candidate = candidate(each, way, known);
            seen.add(new Seen(candidate, each.affiliateId(), way, bars(on, candidate, way, now), on));
        }
        return seen;
    }

    private Candidate candidate(CandidateRepository.Facts facts, Optional<Way> way, Known known) {
        PaperStanding paper = known.papers().getOrDefault(facts.affiliateId(), new PaperStanding(Paper.MISSING, 0));
        return new Candidate(
                facts.enrollmentId(),
                facts.standing(),
                known.scores().getOrDefault(facts.affiliateId(), FraudScore.UNSCORED),
                facts.availableMinor(),
                known.payer().currency(),
                facts.minimumMinor(),
                way.map(this::destination),
                known.payer().terms().taxFormRequired()
                        ? Candidate.Paper.valueOf(paper.paper().name())
                        : Candidate.Paper.NOT_NEEDED,
                paper.withheldBps(),
                facts.payoutOpen());
    }

    private Candidate.Destination destination(Way way) {
        boolean works = rails.find(way.rail()).filter(Rail::configured).isPresent();
        return new Candidate.Destination(way.rail(), way.ready() && works, way.currency(), way.changedAt());
    }

    /** The terms' reasons; and that a rail cannot carry just this amount, which is known once there is one. */
    private List<Bar> bars(PayoutTerms on, Candidate candidate, Optional<Way> way, Instant now) {
        List<Bar> bars = on.bars(candidate, now);
        if (!bars.isEmpty()) return bars;
        Money net = new Money(on.amounts(candidate).net(), candidate.currency());
        return rails.get(way.orElseThrow().rail()).takes(net) ? bars : List.of(Bar.METHOD_NOT_READY);
    }
}
