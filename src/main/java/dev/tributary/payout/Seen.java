package dev.tributary.payout;

import dev.tributary.fraud.FraudScore;
import dev.tributary.payout.method.Way;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody whom a run or a request looked at.
 *
 * @param way where their money would go
 * @param bars every reason against paying them now; none means that they are paid
 */
public record Seen(Candidate candidate, UUID affiliateId, Optional<Way> way, List<Bar> bars, PayoutTerms terms) {
    public Seen {
        bars = List.copyOf(bars);
    }

    public boolean isPaid() {
        return bars.isEmpty();
    }

    Amounts amounts() {
        return terms.amounts(candidate);
    }

    FraudScore score() {
        return candidate.score();
    }
}
