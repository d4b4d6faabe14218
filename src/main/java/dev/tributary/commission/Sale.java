package dev.tributary.commission;

import dev.tributary.commission.rule.Item;
import dev.tributary.commission.rule.On;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * A conversion as commissions are computed from it.
 *
 * @param zone the program's
 * @param customerMonths whole months from the customer's first sale
 */
record Sale(On kind, long amountMinor, List<Item> items, Instant occurredAt, ZoneId zone, long customerMonths) {
    Sale {
        items = List.copyOf(items);
    }
}
