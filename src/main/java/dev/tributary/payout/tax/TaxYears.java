package dev.tributary.payout.tax;

import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What was paid in a year and what becomes of it, from payouts as they stand now: read page by page and added up, so that memory
 * grows with the affiliates and not with the payouts.
 */
@ApplicationScoped
class TaxYears {
    private static final int PAGE = 2_000;
    /** Forms a query: opened ones are held together. */
    private static final int FORMS = 500;

    private final PaymentRepository payments;
    private final TaxFormRepository forms;
    private final PayerRepository payers;
    private final SealedForms sealed;
    private final Programs programs;
    private final Transactions transactions;
    private final TaxConfig config;
    private final Thresholds thresholds;

    TaxYears(
            PaymentRepository payments,
            TaxFormRepository forms,
            PayerRepository payers,
            SealedForms sealed,
            Programs programs,
            Transactions transactions,
            TaxConfig config) {
        this.payments = payments;
        this.forms = forms;
        this.payers = payers;
        this.sealed = sealed;
        this.programs = programs;
        this.transactions = transactions;
        this.config = config;
        thresholds = TaxConfig.thresholds(config);
    }

    long threshold(int year) {
        return thresholds.of(year);
    }

    /** 404 where there is no such program. */
    Uni<TaxYear> year(UUID programId, int year) {
        return transactions.read(c -> programs.get(c, programId)).map(program -> new TaxYear(program, year));
    }

    /** Every payment of the year in exactly one line. */
    Uni<List<YearLine>> lines(TaxYear of) {
        YearEnd sums = new YearEnd(of.year(), of.zone(), thresholds, config.processors());
        return pages(of)
                .invoke(page -> page.forEach(each -> sums.add(each.payment())))
                .collect()
                .last()
                .chain(() -> facts(new ArrayList<>(sums.affiliates())))
                .map(known -> sums.lines(id -> Optional.ofNullable(known.get(id))));
    }

    private Multi<List<PaymentRepository.Paid>> pages(TaxYear of) {
        AtomicReference<PaymentRepository.Paid> last = new AtomicReference<>();
        return Multi.createBy()
                .repeating()
                .uni(() -> page(of, Optional.ofNullable(last.get())).invoke(page -> {
                    if (!page.isEmpty()) last.set(page.get(page.size() - 1));
                }))
                .whilst(page -> page.size() == PAGE);
    }

    private Uni<List<PaymentRepository.Paid>> page(TaxYear of, Optional<PaymentRepository.Paid> last) {
        Instant at = last.map(paid -> paid.payment().paidAt()).orElse(of.from());
        UUID id = last.map(PaymentRepository.Paid::payoutId).orElse(new UUID(0, 0));
        return transactions.read(c -> payments.page(c, of.program().id(), of.from(), of.to(), at, id, PAGE));
    }

    private Uni<Map<UUID, FormFacts>> facts(List<UUID> affiliates) {
        Map<UUID, FormFacts> known = new HashMap<>();
        return chunks(affiliates)
                .onItem()
                .transformToUniAndConcatenate(ids -> transactions.read(c -> forms.inForce(c, ids)))
                .invoke(found -> found.forEach((id, form) -> known.put(id, form.facts())))
                .collect()
                .last()
                .replaceWith(known);
    }

    private static <T> Multi<List<T>> chunks(List<T> all) {
        List<List<T>> chunks = new ArrayList<>();
        for (int i = 0; i < all.size(); i += FORMS) chunks.add(all.subList(i, Math.min(all.size(), i + FORMS)));
        return Multi.createFrom().iterable(chunks);
    }

    /** Who files; 422 where the program has not said. */
    Uni<Payer> payer(UUID programId) {
        return transactions
                .read(c -> payers.find(c, programId))
                .map(found -> found.orElseThrow(() -> new Problem(
                        ProblemKind.UNPROCESSABLE, "Say first who pays: PUT /api/admin/programs/{id}/tax-payer")));
    }

    /** The forms to file, some at a time, with whole taxpayer numbers. */
    Multi<List<NecRow>> rows(TaxYear of, Payer payer, List<YearLine> lines) {
        List<YearLine> filed =
                lines.stream().filter(line -> line.treatment().isReported()).toList();
        return chunks(filed).onItem().transformToUniAndConcatenate(chunk -> rows(of, payer.onForms(), chunk));
    }

    private Uni<List<NecRow>> rows(TaxYear of, NecRow.Payer payer, List<YearLine> chunk) {
        List<UUID> ids = chunk.stream().map(YearLine::affiliateId).distinct().toList();
        return transactions.read(c -> forms.sealedOf(c, ids)).map(this::open).map(open -> chunk.stream()
                .map(line -> row(of, payer, line, open))
                .toList());
    }

    private Map<UUID, W9> open(Map<UUID, TaxFormRepository.Sealed> all) {
        Map<UUID, W9> open = new HashMap<>();
        all.forEach((affiliate, each) -> {
            if (sealed.open(each.id(), each.bytes()).form() instanceof W9 w9) open.put(affiliate, w9);
        });
        return open;
    }

    private static NecRow row(TaxYear of, NecRow.Payer payer, YearLine line, Map<UUID, W9> open) {
        return new NecRow(
                of.year(),
                payer,
                Optional.ofNullable(open.get(line.affiliateId())),
                TypeId.AFFILIATE.format(line.affiliateId()),
                line.rail(),
                line.paidMinor(),
                line.withheldMinor());
    }
}
