package dev.tributary.payout.rail.circle;

import dev.tributary.payout.rail.Notices;
import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.RecipientNotices;
import dev.tributary.payout.rail.Transfer;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What Circle tells. A notification is a reason to ask, not an answer: what it names is read from Circle before anything follows
 * from it, so that whoever can make Amazon sign a message gains nothing by it.
 */
@ApplicationScoped
class CircleEvents {
    private static final Logger LOG = Logger.getLogger(CircleEvents.class);

    private final CircleConfig config;
    private final Amazon amazon;
    private final CircleRail rail;
    private final CircleRecipients recipients;
    private final List<Notices> notices;
    private final List<RecipientNotices> recipientNotices;
    private final Transactions transactions;

    CircleEvents(
            CircleConfig config,
            Amazon amazon,
            CircleRail rail,
            CircleRecipients recipients,
            @All List<Notices> notices,
            @All List<RecipientNotices> recipientNotices,
            Transactions transactions) {
        this.config = config;
        this.amazon = amazon;
        this.rail = rail;
        this.recipients = recipients;
        this.notices = notices;
        this.recipientNotices = recipientNotices;
        this.transactions = transactions;
    }

    /** Has the effect of a message; fails with a {@link Problem}: 400 for what is no message of ours, 503 to have it again. */
    Uni<String> take(SnsMessage message) {
        boolean wanted = config.topic().map(message.topic()::equals).orElse(true);
        if (!wanted || !rail.configured()) throw refused();
        return amazon.key(message.certificate().orElseThrow())
                .onFailure()
                .transform(CircleEvents::later)
                .invoke(key -> {
                    if (!message.isSignedBy(key)) throw refused();
                })
                .chain(() -> proven(message));
    }

    private Uni<String> proven(SnsMessage message) {
        if (message.isConfirmation()) return confirm(message);
        if (!message.isNotification()) return Uni.createFrom().item("Nothing follows from this type");
        JsonObject content = message.content().orElseGet(JsonObject::new);
        Optional<String> payout = id(content, "payout");
        Optional<String> recipient = id(content, "addressBookRecipient");
        if (payout.isPresent()) return payout(payout.get());
        return recipient.map(this::recipient).orElseGet(() -> Uni.createFrom().item("It is about no payout"));
    }

    private static Optional<String> id(JsonObject content, String field) {
        return content.getValue(field) instanceof JsonObject object && object.getValue("id") instanceof String id
                ? Optional.of(id)
                : Optional.empty();
    }

    /** Without a topic that is set nobody says whose messages are wanted, so none is subscribed to. */
    private Uni<String> confirm(SnsMessage message) {
        if (config.topic().isEmpty() || message.confirmation().isEmpty()) throw refused();
        return amazon.visit(message.confirmation().get())
                .onFailure()
                .transform(CircleEvents::later)
                .invoke(() -> LOG.infof("Circle's notifications are subscribed to: %s", message.topic()))
                .replaceWith("Subscribed");
    }

    private Uni<String> payout(String id) {
        return rail.ask(id).chain(found -> told(found.orElseThrow(() -> later(null))));
    }

    private Uni<String> told(Transfer transfer) {
        if (notices.isEmpty()) return Uni.createFrom().item("Nobody wants to know");
        return transactions
                .run(tx -> notices.get(0).take(tx, CircleRail.NAME, CirclePayouts.notice(transfer)))
                .map(outcome -> outcome == Notices.Outcome.NOT_OURS ? "No payout here" : "The payout was told");
    }

    private Uni<String> recipient(String id) {
        return recipients.check(id).chain(this::changed);
    }

    private Uni<String> changed(Recipient recipient) {
        return transactions
                .run(tx -> Multi.createFrom()
                        .iterable(recipientNotices)
                        .onItem()
                        .transformToUniAndConcatenate(each -> each.changed(tx, CircleRail.NAME, recipient))
                        .collect()
                        .last())
                .replaceWith(() -> "The recipient is " + recipient.state().word());
    }

    private static Problem refused() {
        return new Problem(ProblemKind.INVALID_REQUEST, "This is no message that is waited for");
    }

    private static Problem later(@Nullable Throwable why) {
        return new Problem(ProblemKind.UNAVAILABLE, "What it names cannot be asked about now; send it again");
    }
}
