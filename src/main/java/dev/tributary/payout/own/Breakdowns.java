package dev.tributary.payout.own;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reads what payouts are for: as a whole with its first lines, or every line as a table that ends with what is carried. */
@ApplicationScoped
public class Breakdowns {
    /** Lines a query of a table; two pages at most are in memory. */
    private static final int PAGE = 1_000;

    private static final UUID BOTTOM = new UUID(0, 0);
    private static final String SUM =
            """
            SELECT count(*) AS lines, coalesce(sum(amount_minor), 0)::bigint AS earned
              FROM payout_commission WHERE payout_id = $1
            """;
    private static final String LINES =
            """
            SELECT x.commission_id, x.amount_minor, m.currency, m.source_kind, m.rule, m.conversion_id, m.earned_at,
                   v.kind AS conversion_kind, v.amount_minor AS sold_minor, v.currency AS sold_currency
              FROM payout_commission x JOIN commission m ON m.id = x.commission_id
              LEFT JOIN conversion v ON v.id = m.conversion_id
             WHERE x.payout_id = $1 AND x.commission_id > $2
             ORDER BY x.commission_id LIMIT $3
            """;

    private static final Csv<PayoutLine> CSV = new Csv<>(
            List.of(
                    "commissionId",
                    "source",
                    "rule",
                    "conversionId",
                    "conversionKind",
                    "revenue",
                    "earnedAt",
                    "amount",
                    "currency"),
            line -> List.of(
                    line.commissionId(),
                    line.source(),
                    line.rule(),
                    Objects.toString(line.conversionId(), ""),
                    Objects.toString(line.conversionKind(), ""),
                    line.revenue() == null ? "" : Long.toString(line.revenue().amount()),
                    line.earnedAt().toString(),
                    Long.toString(line.amount().amount()),
                    line.amount().currency()));
    private static final Csv<Money> CARRIED = new Csv<>(
            List.of(),
            money -> List.of("", "carried", "", "", "", "", "", Long.toString(money.amount()), money.currency()));

    private final Transactions transactions;

    Breakdowns(Transactions transactions) {
        this.transactions = transactions;
    }

    public Uni<Breakdown> of(SqlConnection c, UUID payoutId, Money gross) {
        return read(c, payoutId, gross, Breakdown.MOST);
    }

    private Uni<Breakdown> read(SqlConnection c, UUID payoutId, Money gross, int most) {
        return c.preparedQuery(SUM).execute(Tuple.of(payoutId)).chain(rows -> {
            long count = rows.iterator().next().getLong("lines");
            long sum = rows.iterator().next().getLong("earned");
            return lines(c, payoutId, BOTTOM, most + 1)
                    .map(found -> Breakdown.of(gross.amount(), gross.currency(), count, sum, found));
        });
    }

    /** A header, every line, and a last row {@code carried}; the amounts make the gross. */
    public Uni<Multi<String>> table(UUID payoutId, Money gross) {
        return transactions.read(c -> read(c, payoutId, gross, 0)).map(whole -> {
            Multi<String> end = Multi.createFrom().item(() -> CARRIED.rows(List.of(whole.carried())));
            return Multi.createBy()
                    .concatenating()
                    .streams(Multi.createFrom().item(CSV.header()), pages(payoutId), end);
        });
    }

    private Multi<String> pages(UUID payoutId) {
        Place place = new Place();
        return Multi.createBy()
                .repeating()
                .uni(() -> transactions
                        .read(c -> lines(c, payoutId, place.after, PAGE))
                        .invoke(place::past))
                .whilst(page -> page.size() == PAGE)
                .map(CSV::rows);
    }

    private static Uni<List<PayoutLine>> lines(SqlConnection c, UUID payoutId, UUID after, int limit) {
        return c.preparedQuery(LINES).execute(Tuple.of(payoutId, after, limit)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(PayoutLine::read)
                .toList());
    }

    /** Where the next page begins; pages are asked for one after the other. */
    private static final class Place {
        private volatile UUID after = BOTTOM;

        void past(List<PayoutLine> page) {
            if (!page.isEmpty())
                after = TypeId.COMMISSION
                        .parse(page.get(page.size() - 1).commissionId())
                        .orElseThrow();
        }
    }
}
