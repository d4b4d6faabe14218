package dev.tributary.payout.admin;

import dev.tributary.payout.own.Breakdown;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One payout with all that is known of it: who approved, how it was sent, what the provider told, what is to be decided. */
@Schema(name = "PayoutDetail")
record PayoutDetail(
        PayoutView payout,
        @Schema(description = "Who has approved it") List<ApprovalView> approvedBy,
        @Schema(nullable = true, description = "How it was sent; null before the first attempt") @Nullable
                AttemptsView attempts,
        @Schema(description = "What the provider told of it, under its own ids") List<TransferView> transfers,
        @Schema(description = "What waits for a person, and what did; newest first, at most 50") List<TaskView> tasks,
        @Schema(description = "Every change of state and every decision; the last 200, oldest first")
                List<HistoryEntry> history,
        Breakdown breakdown) {
    PayoutDetail {
        approvedBy = List.copyOf(approvedBy);
        transfers = List.copyOf(transfers);
        tasks = List.copyOf(tasks);
        history = List.copyOf(history);
    }
}
