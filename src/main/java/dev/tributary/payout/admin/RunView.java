package dev.tributary.payout.admin;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One looking-through of a program for those who are to be paid, also while it goes on. */
@Schema(name = "PayoutRun")
record RunView(
        @Schema(examples = "prn_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(
                        examples = "monthly",
                        enumeration = {"monthly", "daily", "manual"})
                String kind,
        @Schema(nullable = true, examples = "2026-11", description = "The month or day; null where staff started it")
                @Nullable
                String period,
        @Schema(
                        examples = "running",
                        enumeration = {"running", "done", "failed"})
                String status,
        @Schema(examples = "3f0c2a52-8f1e-4d0b-9a55-1f2f5c0c9a11") String startedBy,
        Instant startedAt,
        @Schema(nullable = true) @Nullable Instant finishedAt,
        @Schema(examples = "1200", description = "Enrollments looked at so far, of those that ever earned") long seen,
        @Schema(examples = "900") long paid,
        @Schema(examples = "300") long leftOut,
        @Schema(examples = "12", description = "Of those paid, how many wait for a person") long byHand,
        @Schema(description = "What it comes to, by currency") List<Sum> sums,
        @Schema(
                        examples = "{\"under_minimum\": 250, \"no_method\": 60}",
                        description = "Why enrollments were left out; who has two reasons counts twice")
                Map<String, Long> barred,
        @Schema(nullable = true, description = "Why it failed") @Nullable String message) {
    static final Csv<Line> CSV = new Csv<>(
            List.of(
                    "id",
                    "programId",
                    "kind",
                    "period",
                    "status",
                    "startedBy",
                    "startedAt",
                    "finishedAt",
                    "seen",
                    "paid",
                    "leftOut",
                    "byHand"),
            line -> line.view().cells());

    RunView {
        sums = List.copyOf(sums);
    }

    /** With the id by which its list goes on. */
    record Line(UUID id, RunView view) {}

    /** Payouts of one currency. */
    @Schema(name = "PayoutRunSum")
    record Sum(@Schema(examples = "900") long payouts, Money gross, Money fees, Money withheld, Money net) {
        static Sum of(String currency, JsonObject sum) {
            long gross = sum.getLong("gross");
            long fees = sum.getLong("fees");
            long withheld = sum.getLong("withheld");
            return new Sum(
                    sum.getLong("count"),
                    new Money(gross, currency),
                    new Money(fees, currency),
                    new Money(withheld, currency),
                    new Money(gross - fees - withheld, currency));
        }
    }

    private List<String> cells() {
        return List.of(
                id,
                programId,
                kind,
                Objects.toString(period, ""),
                status,
                startedBy,
                startedAt.toString(),
                Objects.toString(finishedAt, ""),
                Long.toString(seen),
                Long.toString(paid),
                Long.toString(leftOut),
                Long.toString(byHand));
    }

    static RunView read(Row row) {
        JsonObject sums = row.getJsonObject("sums");
        JsonObject barred = row.getJsonObject("barred");
        Map<String, Long> reasons = new TreeMap<>();
        barred.fieldNames().forEach(reason -> reasons.put(reason, barred.getLong(reason)));
        return new RunView(
                TypeId.PAYOUT_RUN.format(row.getUUID("id")),
                TypeId.PROGRAM.format(row.getUUID("program_id")),
                row.getString("kind"),
                row.getString("period"),
                row.getString("state"),
                row.getString("started_by"),
                row.getOffsetDateTime("started_at").toInstant(),
                PayoutView.moment(row, "finished_at"),
                row.getLong("seen"),
                row.getLong("paid"),
                row.getLong("left_out"),
                row.getLong("by_hand"),
                sums.fieldNames().stream()
                        .sorted()
                        .map(currency -> Sum.of(currency, sums.getJsonObject(currency)))
                        .toList(),
                reasons,
                row.getString("message"));
    }
}
