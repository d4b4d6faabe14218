package dev.tributary.payout;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code payout_terms}: a program without a row pays by {@link ProgramTerms#USUAL}. */
@ApplicationScoped
public class TermsRepository {
    private static final String FIND =
            """
            SELECT fee_flat_minor, fee_bps, fee_most_minor, cooling_hours, tax_form_required, verified_papers,
                   automatic_under_minor, four_eyes_from_minor, day_of_month, daily, requests
              FROM payout_terms WHERE program_id = $1
            """;
    private static final String LOCK = "SELECT 1 FROM program WHERE id = $1 FOR NO KEY UPDATE";
    private static final String SAVE =
            """
            INSERT INTO payout_terms (program_id, fee_flat_minor, fee_bps, fee_most_minor, cooling_hours, tax_form_required,
                                      verified_papers, automatic_under_minor, four_eyes_from_minor, day_of_month, daily,
                                      requests, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (program_id) DO UPDATE
               SET fee_flat_minor = excluded.fee_flat_minor, fee_bps = excluded.fee_bps,
                   fee_most_minor = excluded.fee_most_minor, cooling_hours = excluded.cooling_hours,
                   tax_form_required = excluded.tax_form_required, verified_papers = excluded.verified_papers,
                   automatic_under_minor = excluded.automatic_under_minor,
                   four_eyes_from_minor = excluded.four_eyes_from_minor, day_of_month = excluded.day_of_month,
                   daily = excluded.daily, requests = excluded.requests, updated_at = excluded.updated_at
            """;

    public Uni<ProgramTerms> of(SqlConnection c, UUID programId) {
        return c.preparedQuery(FIND).execute(Tuple.of(programId)).map(TermsRepository::read);
    }

    /** Waits until nobody else changes the terms of the program, so that of two changes at once neither is lost. */
    public Uni<Void> lock(SqlConnection tx, UUID programId) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(programId)).replaceWithVoid();
    }

    public Uni<Void> save(SqlConnection tx, UUID programId, ProgramTerms terms, Instant now) {
        Tuple row = Tuple.tuple(Arrays.asList(
                programId,
                terms.fees().fixedMinor(),
                terms.fees().bps(),
                most(terms.fees()),
                (int) terms.cooling().toHours(),
                terms.taxFormRequired(),
                terms.verifiedPapers(),
                terms.limits().automaticUnder(),
                terms.limits().fourEyesFrom(),
                (short) terms.dayOfMonth(),
                terms.daily(),
                terms.requests(),
                now.atOffset(ZoneOffset.UTC)));
        return tx.preparedQuery(SAVE).execute(row).replaceWithVoid();
    }

    private static @Nullable Long most(Fees fees) {
        return fees.mostMinor() == Fees.NO_LIMIT ? null : fees.mostMinor();
    }

    private static ProgramTerms read(RowSet<Row> rows) {
        for (Row row : rows) return terms(row);
        return ProgramTerms.USUAL;
    }

    private static ProgramTerms terms(Row row) {
        Long most = row.getLong("fee_most_minor");
        return new ProgramTerms(
                new Fees(row.getLong("fee_flat_minor"), row.getInteger("fee_bps"), most == null ? Fees.NO_LIMIT : most),
                Duration.ofHours(row.getInteger("cooling_hours")),
                row.getBoolean("tax_form_required"),
                row.getBoolean("verified_papers"),
                new Approval.Limits(row.getLong("automatic_under_minor"), row.getLong("four_eyes_from_minor")),
                row.getShort("day_of_month"),
                row.getBoolean("daily"),
                row.getBoolean("requests"));
    }
}
