package dev.tributary.payout.tax;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How affiliates' tax papers stand, for those who pay. */
@ApplicationScoped
public class TaxPapers {
    /** A chunk of a run. */
    public static final int MOST = 1_000;

    private final TaxFormRepository forms;
    private final PayerRepository payers;
    private final Clock clock;

    TaxPapers(TaxFormRepository forms, PayerRepository payers, Clock clock) {
        this.forms = forms;
        this.payers = payers;
        this.clock = clock;
    }

    /**
     * The standing of each of these affiliates, at most {@value #MOST}, towards a program that pays; also of those who have no
     * form. An expired form says nothing any more, so tax is withheld as if there were none.
     *
     * @param payer the program's zone, by which forms expire
     */
    public Uni<Map<UUID, PaperStanding>> of(
            SqlConnection c, UUID programId, ZoneId payer, Collection<UUID> affiliateIds) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), payer);
        return forms.inForce(c, affiliateIds).chain(found -> payers.withholding(c, programId)
                .chain(withholding -> payers.told(c, programId, affiliateIds)
                        .map(told -> standings(affiliateIds, found, withholding, told, today, payer))));
    }

    private static Map<UUID, PaperStanding> standings(
            Collection<UUID> affiliateIds,
            Map<UUID, StoredForm> forms,
            Withholding withholding,
            Set<UUID> told,
            LocalDate today,
            ZoneId payer) {
        Map<UUID, PaperStanding> standings = new HashMap<>();
        for (UUID id : affiliateIds) {
            Optional<StoredForm> form = Optional.ofNullable(forms.get(id));
            Paper paper = form.map(f -> f.paper(today, payer)).orElse(Paper.MISSING);
            Optional<FormFacts> facts = form.filter(f -> paper != Paper.EXPIRED).map(StoredForm::facts);
            standings.put(id, new PaperStanding(paper, withholding.of(facts, told.contains(id))));
        }
        return standings;
    }
}
