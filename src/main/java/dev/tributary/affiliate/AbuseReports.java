package dev.tributary.affiliate;

import dev.tributary.crypto.KeyedHash;
import dev.tributary.id.Ids;
import dev.tributary.postgres.SharedKeys;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Takes in what the public reports. */
@ApplicationScoped
class AbuseReports {
    private static final String KEY = "affiliate.abuse-report";

    private final AbuseReportRepository repository;
    private final Instance<CodeOwners> owners;
    private final Transactions transactions;
    private final SharedKeys keys;
    private final Ids ids;
    private final Clock clock;

    AbuseReports(
            AbuseReportRepository repository,
            Instance<CodeOwners> owners,
            Transactions transactions,
            SharedKeys keys,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.owners = owners;
        this.transactions = transactions;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Stores the report with whose the code is now. A robot's is stored nowhere.
     *
     * @param network the reporter's, of which only a hash with this month's key is kept
     */
    Uni<Void> receive(AbuseReportInput input, String network) {
        if (input.byRobot()) return Uni.createFrom().voidItem();
        long month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC))
                .getLong(java.time.temporal.ChronoField.PROLEPTIC_MONTH);
        return keys.key(KEY, month)
                .map(key -> new KeyedHash(key).of(network))
                .chain(source -> transactions.run(tx -> owner(tx, Objects.requireNonNull(input.code()))
                        .map(owner -> input.make(
                                ids.next(),
                                owner.orElse(null),
                                source,
                                clock.instant().truncatedTo(ChronoUnit.MICROS)))
                        .chain(report -> repository.insert(tx, report))));
    }

    /** Every room is asked, found or not, so that the time it takes tells nothing either. */
    private Uni<Optional<UUID>> owner(SqlConnection tx, String text) {
        String code = ReportedCode.in(text).orElse("");
        return Multi.createFrom()
                .iterable(owners)
                .onItem()
                .transformToUniAndConcatenate(room -> room.affiliateOf(tx, code))
                .collect()
                .asList()
                .map(found -> found.stream().flatMap(Optional::stream).findFirst());
    }
}
