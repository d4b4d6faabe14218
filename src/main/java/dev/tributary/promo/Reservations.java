package dev.tributary.promo;

import dev.tributary.id.Ids;
import dev.tributary.problem.FieldError;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Applies codes to orders: checks every limit under the locks of the codes, computes what they take off, and reserves.
 *
 * <p>Either all codes of an order are reserved or none: the merchant is told of each that cannot be used, and why.
 */
@ApplicationScoped
class Reservations {
    private final RedemptionRepository repository;
    private final CodeNews news;
    private final Ids ids;
    private final Clock clock;

    Reservations(RedemptionRepository repository, CodeNews news, Ids ids, Clock clock) {
        this.repository = repository;
        this.news = news;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The codes as they are, before anything is locked. Fails with a 422 that names every code that cannot be used: who can
     * be refused without waiting for a lock is, so that a crowd behind a code that is used up is soon gone.
     */
    Uni<List<DiscountCode>> look(SqlConnection tx, Applying asked, List<String> plans) {
        return repository
                .codes(tx, asked.programId(), asked.keys())
                .invoke(codes -> refuse(asked, byKey(codes), Map.of(), plans, now()));
    }

    /** Fails as {@link #look} does, for the limit of one customer too. The codes stay locked until the transaction ends. */
    Uni<Redemption> reserve(SqlConnection tx, Applying asked, List<String> plans) {
        return repository
                .lock(tx, asked.programId(), asked.keys(), asked.customer())
                .map(looked -> draft(asked, byKey(looked.codes()), looked.used(), plans))
                .call(draft -> repository.reserve(tx, draft).invoke(crossed -> {
                    if (crossed) news.usedUp(tx);
                }));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Map<String, DiscountCode> byKey(List<DiscountCode> codes) {
        Map<String, DiscountCode> byKey = new HashMap<>();
        codes.forEach(code -> byKey.put(DiscountCodeText.key(code.code()), code));
        return byKey;
    }

    private Redemption draft(
            Applying asked, Map<String, DiscountCode> found, Map<UUID, Integer> used, List<String> plans) {
        Instant now = now();
        refuse(asked, found, used, plans, now);
        List<DiscountCode> codes = asked.keys().stream()
                .map(key -> Objects.requireNonNull(found.get(key)))
                .toList();
        List<Long> minor = Discounts.of(
                asked.order(), codes.stream().map(Discounts.Taking::of).toList());
        List<Redemption.Use> uses = new ArrayList<>();
        for (int i = 0; i < codes.size(); i++) uses.add(use(codes.get(i), minor.get(i)));
        return new Redemption(
                ids.next(),
                asked.programId(),
                asked.customer(),
                Redemption.State.RESERVED,
                asked.order().amount(),
                asked.order().plan(),
                uses,
                null,
                null,
                now.plus(asked.reserved()),
                now,
                null,
                null,
                null);
    }

    private static void refuse(
            Applying asked, Map<String, DiscountCode> found, Map<UUID, Integer> used, List<String> plans, Instant now) {
        List<FieldError> refused = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < asked.keys().size(); i++) {
            String key = asked.keys().get(i);
            String field = "codes[" + i + "]";
            Optional<Unusable> why =
                    seen.add(key) ? refusal(found.get(key), asked, used, plans, now) : Optional.of(Unusable.REPEATED);
            why.ifPresent(reason -> refused.add(new FieldError(field, reason.word(), reason.message())));
        }
        ApplyFields.refuse(refused);
    }

    private static Redemption.Use use(DiscountCode code, long minor) {
        return new Redemption.Use(code.id(), code.code(), code.enrollmentId(), code.affiliateId(), minor);
    }

    private static Optional<Unusable> refusal(
            @Nullable DiscountCode code, Applying asked, Map<UUID, Integer> used, List<String> plans, Instant now) {
        if (code == null) return Optional.of(Unusable.UNKNOWN);
        Optional<Unusable> closed = closed(code, now);
        if (closed.isPresent()) return closed;
        Terms terms = Terms.of(code);
        Order order = asked.order();
        Optional<Unusable> refused = terms.refusal(order.amount().currency(), order.plan(), plans, now);
        if (refused.isPresent()) return refused;
        if (!terms.isForProducts(order)) return Optional.of(Unusable.OTHER_PRODUCTS);
        if (asked.keys().size() > 1 && !code.stackable()) return Optional.of(Unusable.NOT_STACKABLE);
        if (!code.isLeft()) return Optional.of(Unusable.USED_UP);
        Integer each = code.limits().usesPerCustomer();
        boolean often = each != null && used.getOrDefault(code.id(), 0) >= each;
        return often ? Optional.of(Unusable.USED_UP_BY_CUSTOMER) : Optional.empty();
    }

    private static Optional<Unusable> closed(DiscountCode code, Instant now) {
        return switch (code.statusAt(now)) {
            case ACTIVE -> code.suspended() ? Optional.of(Unusable.SUSPENDED) : Optional.empty();
            case PAUSED -> Optional.of(Unusable.PAUSED);
            case EXPIRED -> Optional.of(Unusable.EXPIRED);
            case ARCHIVED -> Optional.of(Unusable.ARCHIVED);
        };
    }
}
