package dev.tributary.promo;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import java.util.List;
import java.util.Objects;

/** How the redemptions of one code look as CSV. */
final class RedemptionCsv {
    static final Csv<Redemption> ROWS = new Csv<>(
            List.of(
                    "id",
                    "code",
                    "state",
                    "customerExternalId",
                    "amount",
                    "discount",
                    "paid",
                    "currency",
                    "externalId",
                    "createdAt",
                    "expiresAt",
                    "confirmedAt",
                    "releasedAt"),
            r -> List.of(
                    TypeId.REDEMPTION.format(r.id()),
                    r.uses().get(0).code(),
                    r.state().word(),
                    r.customer(),
                    Long.toString(r.amount().amount()),
                    Long.toString(r.discount().amount()),
                    Objects.toString(r.paidMinor(), ""),
                    r.amount().currency(),
                    Objects.toString(r.externalId(), ""),
                    r.createdAt().toString(),
                    r.expiresAt().toString(),
                    Objects.toString(r.confirmedAt(), ""),
                    Objects.toString(r.releasedAt(), "")));

    private RedemptionCsv() {}
}
