package dev.tributary.promo.stripe;

import dev.tributary.promo.CodeStatus;
import dev.tributary.promo.Discount;
import dev.tributary.promo.DiscountCode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Discount codes of every kind, for tests without a database. */
final class Codes {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final UUID ID = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91");

    private String code = "LAUNCH20";
    private Discount discount = new Discount(Discount.Type.PERCENTAGE, 2_000, null, Discount.Span.ONCE, null);
    private @Nullable Integer most;
    private int used;
    private List<String> products = List.of();
    private CodeStatus status = CodeStatus.ACTIVE;
    private boolean suspended;
    private @Nullable Instant starts;
    private @Nullable Instant expires;

    Codes code(String text) {
        code = text;
        return this;
    }

    Codes discount(Discount.Type type, long value, @Nullable String currency) {
        discount = new Discount(type, value, currency, Discount.Span.ONCE, null);
        return this;
    }

    Codes most(int uses) {
        most = uses;
        return this;
    }

    Codes used(int uses) {
        used = uses;
        return this;
    }

    Codes products(String... ids) {
        products = List.of(ids);
        return this;
    }

    Codes status(CodeStatus its) {
        status = its;
        return this;
    }

    Codes suspended() {
        suspended = true;
        return this;
    }

    Codes starts(Instant moment) {
        starts = moment;
        return this;
    }

    Codes expires(Instant moment) {
        expires = moment;
        return this;
    }

    Wanted wanted() {
        DiscountCode made = new DiscountCode(
                ID,
                ID,
                "USD",
                null,
                null,
                code,
                "",
                discount,
                new DiscountCode.Limits(most, 1),
                new DiscountCode.Scope(null, List.of(), products),
                false,
                status,
                suspended,
                starts,
                expires,
                new DiscountCode.Used(used, 0),
                null,
                null,
                7,
                NOW,
                NOW);
        return new Wanted(made, NOW);
    }
}
