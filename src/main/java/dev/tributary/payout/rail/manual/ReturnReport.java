package dev.tributary.payout.rail.manual;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a bank's file of returns came to. */
@Schema(name = "PayoutReturnReport")
record ReturnReport(
        @Schema(examples = "2", description = "Entries whose money came back") int returned,
        @Schema(
                        examples = "1",
                        description = "Entries that went through, of which the bank wants something written otherwise")
                int corrected,
        @Schema(examples = "0", description = "Entries whose money had come back before") int repeated,
        @Schema(description = "What fits no entry of ours; somebody must look") List<Unmatched> unmatched) {
    ReturnReport {
        unmatched = List.copyOf(unmatched);
    }

    /** A return that fits no entry. */
    @Schema(name = "PayoutReturnUnmatched")
    record Unmatched(
            @Schema(examples = "091000010000001") String trace,
            @Schema(examples = "R03") String code,
            @Schema(
                            examples = "unknown_trace",
                            enumeration = {"unknown_trace", "other_amount"})
                    String reason) {}
}
