package dev.tributary.payout.rail.stripe;

import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Notices;
import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.RecipientNotices;
import dev.tributary.stripe.StripeEffect;
import dev.tributary.stripe.StripeEvent;
import dev.tributary.stripe.StripeEventHandler;
import dev.tributary.stripe.UnreadableEvent;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What Stripe tells of transfers and of connected accounts. That a connected account's own bank payout failed
 * ({@code payout.failed}) is between Stripe and its owner and restores nothing here, so it is not listened to.
 */
@ApplicationScoped
class StripePayoutEvents implements StripeEventHandler {
    private static final String ACCOUNT = "account.updated";

    private final StripeRail rail;
    private final List<Notices> notices;
    private final List<RecipientNotices> recipients;

    StripePayoutEvents(StripeRail rail, @All List<Notices> notices, @All List<RecipientNotices> recipients) {
        this.rail = rail;
        this.notices = notices;
        this.recipients = recipients;
    }

    @Override
    public Set<String> types() {
        return Set.of("transfer.created", "transfer.updated", "transfer.reversed", ACCOUNT);
    }

    @Override
    public Uni<StripeEffect> handle(SqlConnection tx, StripeEvent event) {
        return event.type().equals(ACCOUNT) ? account(tx, event.object()) : transfer(tx, event);
    }

    private Uni<StripeEffect> account(SqlConnection tx, JsonObject account) {
        Recipient recipient = readable(() -> StripeAccounts.recipient(account));
        return Multi.createFrom()
                .iterable(recipients)
                .onItem()
                .transformToUniAndConcatenate(each -> each.changed(tx, StripeRail.NAME, recipient))
                .collect()
                .last()
                .replaceWith(() ->
                        StripeEffect.done("The account is " + recipient.state().word()));
    }

    private Uni<StripeEffect> transfer(SqlConnection tx, StripeEvent event) {
        JsonObject told = new JsonObject()
                .put("id", event.id())
                .put("type", event.type())
                .put("data", new JsonObject().put("object", event.object()));
        Optional<Notice> notice = readable(() -> rail.read(told));
        if (notice.isEmpty() || notices.isEmpty())
            return Uni.createFrom().item(StripeEffect.ignored("It is about no payout"));
        return notices.get(0).take(tx, StripeRail.NAME, notice.get()).map(StripePayoutEvents::effect);
    }

    private static StripeEffect effect(Notices.Outcome outcome) {
        return outcome == Notices.Outcome.NOT_OURS
                ? StripeEffect.ignored("No payout here has this transfer")
                : StripeEffect.done("The payout was told");
    }

    private static <T> T readable(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | ClassCastException odd) {
            throw new UnreadableEvent("It cannot be read: " + odd.getMessage());
        }
    }
}
