package dev.tributary.promo;

import dev.tributary.page.Csv;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How discount codes look as CSV: for spreadsheets, and for whoever prints them. */
final class CodeCsv {
    static final Csv<DiscountCodeView> ROWS = new Csv<>(
            List.of(
                    "code",
                    "id",
                    "programId",
                    "affiliateId",
                    "status",
                    "discountType",
                    "discountValue",
                    "currency",
                    "duration",
                    "durationMonths",
                    "maxUses",
                    "maxUsesPerCustomer",
                    "uses",
                    "discountGiven",
                    "startsAt",
                    "expiresAt",
                    "description",
                    "createdAt"),
            c -> List.of(
                    c.code(),
                    c.id(),
                    c.programId(),
                    text(c.affiliateId()),
                    c.status().word(),
                    c.discountType().word(),
                    Long.toString(c.discountValue()),
                    text(c.currency()),
                    c.duration().word(),
                    text(c.durationMonths()),
                    text(c.maxUses()),
                    text(c.maxUsesPerCustomer()),
                    Integer.toString(c.uses()),
                    Long.toString(c.discountGiven().amount()),
                    text(c.startsAt()),
                    text(c.expiresAt()),
                    c.description(),
                    c.createdAt().toString()));

    private CodeCsv() {}

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
