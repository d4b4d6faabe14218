package dev.tributary.payout;

import dev.tributary.program.Program;
import java.time.ZoneId;
import java.util.UUID;

/** A program as it pays out: in its one currency, by its own days, on its terms. */
record Payer(UUID programId, String currency, ZoneId zone, long minimumMinor, ProgramTerms terms) {
    static Payer of(Program program, ProgramTerms terms) {
        return new Payer(
                program.id(),
                program.currency(),
                ZoneId.of(program.timeZone()),
                program.rules().minPayoutMinor(),
                terms);
    }

    PayoutTerms payoutTerms() {
        return terms.at(minimumMinor);
    }
}
