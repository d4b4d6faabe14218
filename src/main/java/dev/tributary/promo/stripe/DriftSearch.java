package dev.tributary.promo.stripe;

import com.stripe.model.Coupon;
import com.stripe.model.PromotionCode;
import dev.tributary.job.JobFailed;
import dev.tributary.job.JobRun;
import dev.tributary.postgres.Transactions;
import dev.tributary.promo.DiscountCode;
import dev.tributary.promo.DiscountCodes;
import dev.tributary.promo.stripe.StripeCouponRepository.Standing;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads both sides, page by page, and hands on each difference as it is found; blocks, and is for jobs. */
@Singleton
class DriftSearch {
    private static final UUID BELOW_ALL = new UUID(0, 0);
    private static final int PAGE = 1_000;
    private static final Duration ANSWER = Transactions.DEADLINE.plusSeconds(2);

    private final StripeListing listing;
    private final StripeCouponRepository repository;
    private final DiscountCodes codes;
    private final Transactions transactions;
    private final Clock clock;

    DriftSearch(
            StripeListing listing,
            StripeCouponRepository repository,
            DiscountCodes codes,
            Transactions transactions,
            Clock clock) {
        this.listing = listing;
        this.repository = repository;
        this.codes = codes;
        this.transactions = transactions;
        this.clock = clock;
    }

    void search(JobRun run, Consumer<Drift> found) {
        Comparison both = Comparison.begin(clock.instant());
        listing.promotionCodes(page -> {
            seePromotions(both, page, found);
            check(run, both);
        });
        listing.coupons(page -> {
            seeCoupons(both, page, found);
            check(run, both);
        });
        UUID after = BELOW_ALL;
        for (List<DiscountCode> page = page(after); !page.isEmpty(); page = page(after)) {
            seeCodes(both, page, found);
            after = page.get(page.size() - 1).id();
            run.advance(page.size());
        }
    }

    private static void check(JobRun run, Comparison both) {
        run.check();
        if (both.isTooLarge())
            throw new JobFailed("Stripe holds more than %,d coupons or promotion codes".formatted(Comparison.MOST));
    }

    private void seePromotions(Comparison both, List<PromotionCode> page, Consumer<Drift> found) {
        Map<UUID, Standing> ours = standing(page.stream()
                .flatMap(code -> Comparison.codeOf(code.getMetadata()).stream())
                .toList());
        for (PromotionCode theirs : page)
            Comparison.codeOf(theirs.getMetadata())
                    .flatMap(code -> both.see(theirs, code, ours.get(code)))
                    .ifPresent(found);
    }

    private void seeCoupons(Comparison both, List<Coupon> page, Consumer<Drift> found) {
        Map<UUID, Standing> ours = standing(page.stream()
                .flatMap(coupon -> Comparison.codeOf(coupon.getMetadata()).stream())
                .toList());
        for (Coupon theirs : page) {
            UUID code = Comparison.codeOf(theirs.getMetadata()).orElse(null);
            both.see(theirs, code, code == null ? null : ours.get(code)).ifPresent(found);
        }
    }

    private void seeCodes(Comparison both, List<DiscountCode> page, Consumer<Drift> found) {
        Map<UUID, Standing> ours = standing(page.stream().map(DiscountCode::id).toList());
        Instant now = clock.instant();
        for (DiscountCode code : page)
            both.see(new Wanted(code, now), ours.get(code.id())).ifPresent(found);
    }

    private List<DiscountCode> page(UUID after) {
        return read(c -> codes.page(c, after, PAGE));
    }

    private Map<UUID, Standing> standing(Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : read(c -> repository.standing(c, ids));
    }

    private <T> T read(Function<SqlConnection, Uni<T>> work) {
        return transactions.read(work).await().atMost(ANSWER);
    }
}
