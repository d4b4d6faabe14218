package dev.tributary.commission;

import dev.tributary.conversion.Credit;
import dev.tributary.conversion.DueConversion;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a batch depends on, by a handful of statements however large it is, and locks what it will change. */
@ApplicationScoped
class BatchReader {
    private final TermsRepository terms;
    private final MemberRepository members;
    private final CommissionRepository commissions;
    private final CounterRepository counters;

    BatchReader(
            TermsRepository terms,
            MemberRepository members,
            CommissionRepository commissions,
            CounterRepository counters) {
        this.terms = terms;
        this.members = members;
        this.commissions = commissions;
        this.counters = counters;
    }

    /** @param lock false where nothing will be written */
    Uni<Batch> read(SqlConnection tx, List<DueConversion> due, boolean lock) {
        List<UUID> ids = due.stream().map(DueConversion::id).toList();
        List<UUID> programs =
                due.stream().map(DueConversion::programId).distinct().toList();
        return commissions
                .of(tx, ids, lock)
                .chain(booked -> terms.of(tx, programs).map(found -> start(due, found, booked)))
                .chain(batch -> standings(tx, batch))
                .chain(batch -> old(tx, batch))
                .chain(batch -> (lock ? counters.lock(tx, batch.keys()) : counters.peek(tx, batch.keys()))
                        .map(counted -> with(batch, counted)));
    }

    private static Batch start(List<DueConversion> due, Map<UUID, ProgramTerms> terms, List<Commission> booked) {
        Map<UUID, List<Commission>> byConversion =
                booked.stream().collect(Collectors.groupingBy(Commission::conversionId));
        return new Batch(due, terms, byConversion, Map.of(), Map.of(), Map.of(), new Counters());
    }

    /** Only of those whose decision is new: a refund needs nothing but the commissions themselves. */
    private Uni<Batch> standings(SqlConnection tx, Batch batch) {
        List<DueConversion> fresh = batch.due().stream()
                .filter(each -> Booking.isNew(each, batch.booked().getOrDefault(each.id(), List.of())))
                .toList();
        if (fresh.isEmpty()) return Uni.createFrom().item(batch);
        List<UUID> enrollments = fresh.stream()
                .flatMap(each -> each.credits().stream())
                .map(Credit::enrollmentId)
                .distinct()
                .toList();
        int levels = batch.terms().values().stream()
                .mapToInt(ProgramTerms::levels)
                .max()
                .orElse(0);
        List<DueConversion> limited = fresh.stream()
                .filter(each -> asksForMonths(batch.terms().get(each.programId())))
                .toList();
        return members.standings(tx, enrollments, levels)
                .chain(standings -> members.firstSales(tx, limited).map(first -> with(batch, standings, first)));
    }

    private static boolean asksForMonths(@Nullable ProgramTerms terms) {
        return terms != null
                && terms.rules().stream().anyMatch(rule -> rule.terms().months() != null);
    }

    private Uni<Batch> old(SqlConnection tx, Batch batch) {
        List<UUID> old = batch.due().stream()
                .flatMap(each -> batch.booked().getOrDefault(each.id(), List.of()).stream()
                        .filter(one -> one.decision() < each.decision() && one.amountMinor() > 0))
                .map(Commission::id)
                .toList();
        return commissions
                .arithmetic(tx, old)
                .map(kept -> new Batch(
                        batch.due(),
                        batch.terms(),
                        batch.booked(),
                        kept,
                        batch.standings(),
                        batch.firstSales(),
                        batch.counters()));
    }

    private static Batch with(
            Batch batch,
            Map<UUID, MemberRepository.Standing> standings,
            Map<MemberRepository.Customer, Instant> firstSales) {
        return new Batch(
                batch.due(),
                batch.terms(),
                batch.booked(),
                batch.kept(),
                standings,
                new HashMap<>(firstSales),
                batch.counters());
    }

    private static Batch with(Batch batch, Counters locked) {
        return new Batch(
                batch.due(),
                batch.terms(),
                batch.booked(),
                batch.kept(),
                batch.standings(),
                batch.firstSales(),
                locked);
    }
}
