package dev.tributary.payout.tax;

import dev.tributary.affiliate.Affiliate;
import dev.tributary.affiliate.Affiliates;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows forms to their owners and to staff: of numbers the last four digits. */
@ApplicationScoped
class TaxFormReader {
    private final TaxFormRepository repository;
    private final SealedForms sealed;
    private final Affiliates affiliates;
    private final Clock clock;

    TaxFormReader(TaxFormRepository repository, SealedForms sealed, Affiliates affiliates, Clock clock) {
        this.repository = repository;
        this.sealed = sealed;
        this.affiliates = affiliates;
        this.clock = clock;
    }

    /** What stands of an affiliate's papers; 404 where there is no such affiliate. */
    Uni<TaxPapersView> papers(SqlConnection c, UUID affiliateId) {
        return affiliates
                .find(c, affiliateId)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Affiliate")))
                .chain(affiliate -> repository
                        .latest(c, affiliateId)
                        .chain(form -> form.isEmpty()
                                ? Uni.createFrom().item(TaxPapersView.missing(expected(affiliate)))
                                : view(c, form.get(), expected(affiliate))));
    }

    private static @Nullable FormKind expected(Affiliate affiliate) {
        return affiliate.country().isEmpty() ? null : FormKind.of(affiliate.country(), false, false);
    }

    /** Of a form that was just given or decided on, too. */
    Uni<TaxPapersView> view(SqlConnection c, StoredForm form, @Nullable FormKind expected) {
        boolean expired = form.isExpired(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), ZoneOffset.UTC);
        return repository.sealed(c, List.of(form.id())).map(bytes -> {
            byte[] each = bytes.get(form.id());
            RedactedForm shown = each == null
                    ? null
                    : RedactedForm.of(sealed.open(form.id(), each).form(), ZoneOffset.UTC);
            return TaxPapersView.of(form, shown, expired, expected);
        });
    }
}
