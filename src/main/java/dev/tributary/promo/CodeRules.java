package dev.tributary.promo;

import dev.tributary.problem.FieldError;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a discount code may be: 400 where a field has not its form, 422 where it has and its amount, time or plan cannot be.
 *
 * @param plans the slugs of the program's plans
 * @param mostOfOneCustomer how often one customer has used the code already
 */
record CodeRules(List<String> plans, int mostOfOneCustomer) {
    /** Ten thousand million of a currency with two minor digits. */
    static final long MOST_MONEY = 1_000_000_000_000L;

    static final int MOST_USES = 1_000_000_000;
    static final int MOST_MONTHS = 120;
    static final int MOST_PLANS = 50;
    static final int MOST_PRODUCTS = 100;
    private static final int LONGEST_WORD = 200;
    private static final int LONGEST_NOTE = 1_000;
    /** What every program that reads the API can write as a date. */
    private static final Instant LATEST = Instant.parse("2099-01-01T00:00:00Z");

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    /** With nulls as empty texts, which are refused. */
    static List<String> words(List<? extends @Nullable String> given) {
        return given.stream()
                .map(word -> word == null ? "" : word.strip())
                .distinct()
                .toList();
    }

    void check(DiscountCodeInput.Draft d, DiscountCode old, Instant now) {
        form(d);
        List<FieldError> cannot = new ArrayList<>();
        value(d, cannot);
        limits(d, old, cannot);
        time(d, old, now, cannot);
        if (d.minimumPlan() != null && !plans.contains(d.minimumPlan()))
            cannot.add(new FieldError("minimumPlan", "unknown_plan", "The program has no plan " + d.minimumPlan()));
        for (int i = 0; i < d.plans().size(); i++)
            if (!plans.contains(d.plans().get(i)))
                cannot.add(new FieldError(
                        "plans[" + i + "]",
                        "unknown_plan",
                        "The program has no plan " + d.plans().get(i)));
        if (!cannot.isEmpty())
            throw new Problem(
                    ProblemKind.UNPROCESSABLE,
                    cannot.size() == 1 ? cannot.get(0).message() : cannot.size() + " fields cannot be so",
                    cannot);
        if (old.status().isFinal())
            throw new Problem(ProblemKind.CONFLICT, "This code is archived for ever; make another");
    }

    private static void form(DiscountCodeInput.Draft d) {
        FieldErrors errors = new FieldErrors()
                .require(
                        d.description().length() <= LONGEST_NOTE,
                        "description",
                        "too_long",
                        "description has at most 1,000 characters")
                .require(
                        d.description().indexOf('\0') < 0,
                        "description",
                        "malformed",
                        "description holds no character U+0000")
                .require(
                        (d.span() == Discount.Span.REPEATING) == (d.months() != null),
                        "durationMonths",
                        "required",
                        "durationMonths belongs to a repeating discount, and to no other")
                .require(d.plans().size() <= MOST_PLANS, "plans", "too_many", "At most " + MOST_PLANS + " plans")
                .require(
                        d.products().size() <= MOST_PRODUCTS,
                        "products",
                        "too_many",
                        "At most " + MOST_PRODUCTS + " products");
        for (int i = 0; i < Math.min(d.products().size(), MOST_PRODUCTS); i++) {
            String sku = d.products().get(i);
            boolean line = !sku.isEmpty()
                    && sku.length() <= LONGEST_WORD
                    && sku.chars().noneMatch(Character::isISOControl);
            errors.require(line, "products[" + i + "]", "malformed", "A SKU is one line of 1 to 200 characters");
        }
        errors.done();
    }

    private static void value(DiscountCodeInput.Draft d, List<FieldError> cannot) {
        boolean percentage = d.type() == Discount.Type.PERCENTAGE;
        long least = percentage ? 0 : 1;
        long most = percentage ? 10_000 : MOST_MONEY;
        range(d.value() >= least && d.value() <= most, "discountValue", least, most, cannot);
        Integer months = d.months();
        range(months == null || months >= 1 && months <= MOST_MONTHS, "durationMonths", 1, MOST_MONTHS, cannot);
    }

    private void limits(DiscountCodeInput.Draft d, DiscountCode old, List<FieldError> cannot) {
        Integer uses = d.limits().uses();
        Integer each = d.limits().usesPerCustomer();
        range(uses == null || uses >= 1 && uses <= MOST_USES, "maxUses", 1, MOST_USES, cannot);
        range(each == null || each >= 1 && each <= MOST_USES, "maxUsesPerCustomer", 1, MOST_USES, cannot);
        if (uses != null && uses >= 1 && uses < old.used().uses())
            cannot.add(new FieldError(
                    "maxUses",
                    "already_used",
                    "It is used %d times already".formatted(old.used().uses())));
        if (each != null && each >= 1 && each < mostOfOneCustomer)
            cannot.add(new FieldError(
                    "maxUsesPerCustomer",
                    "already_used",
                    "One customer has used it %d times already".formatted(mostOfOneCustomer)));
    }

    private static void time(DiscountCodeInput.Draft d, DiscountCode old, Instant now, List<FieldError> cannot) {
        within(d.startsAt(), "startsAt", cannot);
        within(d.expiresAt(), "expiresAt", cannot);
        Instant start = d.startsAt();
        Instant end = d.expiresAt();
        if (start != null && end != null && !end.isAfter(start))
            cannot.add(new FieldError("expiresAt", "before_start", "expiresAt is after startsAt"));
        if (!d.status().isChosen() && d.status() != old.statusAt(now))
            cannot.add(new FieldError("status", "not_a_choice", "A code expires by its expiresAt"));
        if (d.status() == CodeStatus.ACTIVE && end != null && !now.isBefore(end))
            cannot.add(new FieldError("expiresAt", "over", "An active code ends in the future"));
    }

    private static void within(@Nullable Instant at, String field, List<FieldError> cannot) {
        if (at != null && (at.isBefore(EARLIEST) || !at.isBefore(LATEST)))
            cannot.add(new FieldError(field, "out_of_range", field + " is in the years 2000 to 2098"));
    }

    private static void range(boolean holds, String field, long least, long most, List<FieldError> cannot) {
        if (!holds) cannot.add(new FieldError(field, "out_of_range", field + " is %d to %d".formatted(least, most)));
    }
}
