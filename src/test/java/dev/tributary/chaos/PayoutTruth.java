package dev.tributary.chaos;

import dev.tributary.id.TypeId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the application says of its payouts, beside what the provider carried out.
 *
 * @param paid payouts that are paid, and what the provider moved for each is out
 * @param returned those that came back whole
 * @param open live ones, each with a next action or an open task for a person
 * @param transfers that the provider carried out
 * @param twice payouts for which it carried out more than one
 * @param wrong what is not as it must be, in words
 */
record PayoutTruth(int paid, int returned, int open, int transfers, int twice, List<String> wrong) {
    private static final String PAYOUTS =
            """
            SELECT p.id, p.state, p.gross_minor - p.fee_minor - p.withheld_minor AS net, p.returned_minor, p.overpaid_minor, p.next_at,
                   EXISTS (SELECT FROM payout_task t WHERE t.payout_id = p.id AND t.closed_at IS NULL) AS asked,
                   p.next_at > now() + interval '15 minutes' AS forgotten
              FROM payout p
            """;

    /** @param moved by the provider */
    static PayoutTruth of(PayoutWorld world, List<ProviderProcess.Moved> moved) throws SQLException {
        Map<String, List<ProviderProcess.Moved>> byPayout = new HashMap<>();
        for (ProviderProcess.Moved each : moved)
            if (each.happened())
                byPayout.computeIfAbsent(each.payout(), none -> new ArrayList<>())
                        .add(each);
        Count count = new Count();
        try (Connection connection = world.open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(PAYOUTS)) {
            while (rows.next()) {
                String id = TypeId.PAYOUT.format(rows.getObject("id", UUID.class));
                List<ProviderProcess.Moved> its = byPayout.remove(id);
                count.take(id, rows, its == null ? List.of() : its);
            }
        }
        byPayout.keySet().forEach(id -> count.wrong.add("the provider moved money for " + id + ", which is not here"));
        return new PayoutTruth(count.paid, count.returned, count.open, moved.size(), count.twice, count.wrong);
    }

    /** While rows are read. */
    private static final class Count {
        private final List<String> wrong = new ArrayList<>();
        private int paid;
        private int returned;
        private int open;
        private int twice;

        void take(String id, ResultSet row, List<ProviderProcess.Moved> moved) throws SQLException {
            String state = row.getString("state");
            long out = moved.stream().mapToLong(ProviderProcess.Moved::netMinor).sum();
            if (moved.size() > 1) twice++;
            if (moved.size() > 1) wrong.add("%s is %s and was carried out %d times".formatted(id, state, moved.size()));
            switch (state) {
                case "paid" -> {
                    paid++;
                    long expected = row.getLong("net") - row.getLong("returned_minor") + row.getLong("overpaid_minor");
                    if (out != expected) wrong.add("%s is paid with %d, and %d is out".formatted(id, expected, out));
                }
                case "returned" -> {
                    returned++;
                    if (out != 0) wrong.add("%s is returned, and %d is out".formatted(id, out));
                }
                case "failed", "canceled" -> {
                    if (out != 0) wrong.add("%s is %s, and %d is out".formatted(id, state, out));
                }
                default -> {
                    open++;
                    boolean waits = row.getObject("next_at") != null && !row.getBoolean("forgotten");
                    if (!waits && !row.getBoolean("asked")) wrong.add("%s is %s and forgotten".formatted(id, state));
                }
            }
        }
    }
}
