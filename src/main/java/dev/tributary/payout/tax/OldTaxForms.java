package dev.tributary.payout.tax;

import dev.tributary.job.Retention;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;

/** Forgets tax forms that are out of use, or whose person was erased, once no payment needs them any more. */
@ApplicationScoped
class OldTaxForms implements Retention {
    private final TaxFormRepository repository;

    OldTaxForms(TaxFormRepository repository) {
        this.repository = repository;
    }

    @Override
    public String what() {
        return "tax forms out of use";
    }

    /**
     * Four years after the last payment, as payers keep what they withheld or reported by (26 CFR 31.6001-1(e)(2); Publication
     * 1281), and a year for the one in which it was paid to end.
     */
    @Override
    public Duration kept() {
        return Duration.ofDays(5 * 366);
    }

    @Override
    public Uni<Long> count(SqlConnection c, OffsetDateTime before) {
        return repository.countOld(c, before);
    }

    @Override
    public Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return repository.forget(tx, before, atMost);
    }
}
