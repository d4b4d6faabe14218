package dev.tributary.promo;

import dev.tributary.id.Ids;
import dev.tributary.money.Money;
import dev.tributary.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The redemptions of codes, for whoever hears that an order was paid, or that it never will be. */
@ApplicationScoped
public class Redemptions {
    private final RedemptionRepository repository;
    private final CodeNews news;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    Redemptions(RedemptionRepository repository, CodeNews news, Outbox outbox, Ids ids, Clock clock) {
        this.repository = repository;
        this.news = news;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** What became of a confirmation. */
    public enum Result {
        CONFIRMED,
        /** It was confirmed for this order before. */
        REPEATED,
        /** The program has no such redemption. */
        UNKNOWN,
        /** It is confirmed for another order. */
        OTHER_ORDER,
        /** Another redemption has this order. */
        ORDER_TAKEN,
        /** It was released, and others have used the codes up since. */
        USED_UP
    }

    /**
     * A confirmation's result, and whose code brought the buyer; null where none of the codes is anybody's, or there is no
     * such redemption.
     */
    public record Confirmed(Result result, @Nullable String promoCode, @Nullable UUID affiliateId) {}

    /**
     * Confirms a redemption for a paid order, be it that its reservation has expired and the limits still allow it. Told
     * again, in any number, it has one effect.
     *
     * @param booked whether the caller books the sale, in this transaction
     */
    public Uni<Confirmed> confirm(
            SqlConnection tx, UUID programId, UUID redemptionId, String externalId, Money paid, boolean booked) {
        return repository
                .lock(tx, programId, redemptionId)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(new Confirmed(Result.UNKNOWN, null, null))
                        : settle(tx, found.get(), externalId, paid, booked)
                                .map(result -> confirmed(result, found.get())));
    }

    private static Confirmed confirmed(Result result, Redemption r) {
        Optional<Redemption.Use> credited = r.credited();
        return new Confirmed(
                result,
                credited.map(Redemption.Use::code).orElse(null),
                credited.map(Redemption.Use::affiliateId).orElse(null));
    }

    private Uni<Result> settle(SqlConnection tx, Redemption r, String externalId, Money paid, boolean booked) {
        if (r.state() == Redemption.State.CONFIRMED)
            return Uni.createFrom().item(externalId.equals(r.externalId()) ? Result.REPEATED : Result.OTHER_ORDER);
        return repository
                .ofOrder(tx, r.programId(), externalId)
                .chain(other -> other.isPresent()
                        ? Uni.createFrom().item(Result.ORDER_TAKEN)
                        : take(tx, r)
                                .chain(taken -> taken
                                        ? write(tx, r, externalId, paid, booked)
                                        : Uni.createFrom().item(Result.USED_UP)));
    }

    /** Whether it is reserved still, or again. */
    private Uni<Boolean> take(SqlConnection tx, Redemption r) {
        if (r.state() == Redemption.State.RESERVED) return Uni.createFrom().item(true);
        return repository
                .lockCodesOf(tx, List.of(r.id()))
                .chain(() -> repository.isLeft(tx, r.id()))
                .call(left ->
                        left ? repository.retake(tx, r.id()) : Uni.createFrom().voidItem())
                .invoke(left -> news.usedUp(tx));
    }

    private Uni<Result> write(SqlConnection tx, Redemption r, String externalId, Money paid, boolean booked) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Confirmed credit = confirmed(Result.CONFIRMED, r);
        RedemptionConfirmed told = new RedemptionConfirmed(
                r.id(),
                r.programId(),
                externalId,
                r.customer(),
                paid,
                credit.promoCode(),
                credit.affiliateId(),
                r.plan(),
                now,
                booked);
        // Statistics sum what was paid in the program's currency alone.
        Long minor = paid.currency().equals(r.amount().currency()) ? paid.amount() : null;
        return repository
                .confirm(tx, r.id(), externalId, minor, now)
                .chain(() -> outbox.append(tx, told.event(ids.next())))
                .replaceWith(Result.CONFIRMED);
    }

    /** The affiliate's code among those of a redemption of the program, whatever has become of it. */
    public Uni<Optional<String>> promoCode(SqlConnection c, UUID programId, UUID redemptionId) {
        return repository.find(c, programId, redemptionId).map(found -> found.flatMap(Redemption::credited)
                .map(Redemption.Use::code));
    }

    /**
     * Gives a reservation up because it was not paid; of one that is confirmed or released already nothing changes.
     *
     * @param failed whether a payment was tried, else the buyer just left
     * @return whether anything changed
     */
    public Uni<Boolean> giveUp(SqlConnection tx, UUID programId, UUID redemptionId, boolean failed) {
        Redemption.Release why = failed ? Redemption.Release.PAYMENT_FAILED : Redemption.Release.CANCELED;
        return repository
                .find(tx, programId, redemptionId)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(false)
                        : release(tx, List.of(redemptionId), why, false).map(rows -> rows > 0));
    }

    /** Answers how many codes were given back. */
    Uni<Integer> release(SqlConnection tx, List<UUID> redemptions, Redemption.Release why, boolean onlyOver) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return repository
                .lockCodesOf(tx, redemptions)
                .chain(() -> repository.release(tx, redemptions, why, onlyOver, now))
                .invoke(counted -> {
                    if (counted.crossed()) news.usedUp(tx);
                })
                .map(RedemptionRepository.Counted::rows);
    }
}
