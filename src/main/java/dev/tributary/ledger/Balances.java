package dev.tributary.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What one enrollment is owed: one line a currency, in the order of their codes, never summed across them. */
public record Balances(List<Line> lines) {
    /**
     * All in minor units.
     *
     * @param pending earned, inside the refund window
     * @param available payable; negative is a debt
     * @param inTransit reserved for payouts on their way
     */
    public record Line(String currency, long pending, long available, long inTransit) {}

    public Balances {
        lines = lines.stream().sorted(Comparator.comparing(Line::currency)).toList();
    }

    public Optional<Line> in(String currency) {
        return lines.stream().filter(line -> line.currency().equals(currency)).findFirst();
    }
}
