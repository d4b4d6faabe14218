package dev.tributary.payout.admin;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.payout.RunSheet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a run would come to now. Nothing of it was written. */
@Schema(name = "PayoutRehearsal")
record RehearsalView(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "1200", description = "Enrollments looked at") long seen,
        @Schema(examples = "900") long paid,
        @Schema(examples = "300") long leftOut,
        @Schema(examples = "12", description = "Of those paid, how many a person would have to approve") long byHand,
        @Schema(description = "What it comes to, by currency") List<RunView.Sum> sums,
        @Schema(
                        examples = "{\"under_minimum\": 250, \"no_method\": 60}",
                        description = "Why enrollments are left out; who has two reasons counts twice")
                Map<String, Long> barred) {
    RehearsalView {
        sums = List.copyOf(sums);
    }

    static RehearsalView of(UUID program, RunSheet sheet) {
        Map<String, Long> reasons = new TreeMap<>();
        sheet.barred().forEach((bar, count) -> reasons.put(bar.word(), count));
        return new RehearsalView(
                TypeId.PROGRAM.format(program),
                sheet.seen(),
                sheet.seen() - sheet.leftOut(),
                sheet.leftOut(),
                sheet.byHand(),
                new TreeMap<>(sheet.paid())
                        .entrySet().stream()
                                .map(each -> sum(each.getKey(), each.getValue()))
                                .toList(),
                reasons);
    }

    private static RunView.Sum sum(String currency, RunSheet.Sum sum) {
        return new RunView.Sum(
                sum.count(),
                new Money(sum.gross(), currency),
                new Money(sum.fees(), currency),
                new Money(sum.withheld(), currency),
                new Money(sum.net(), currency));
    }
}
