package dev.tributary.payout.rail;

import dev.tributary.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A way out for money, found by CDI. It carries out one attempt and tells what came back; it never tries again, never decides
 * and holds no transaction: what a reply means is for {@link Meaning}, what follows from it for the payout.
 */
public interface Rail {
    /** The word in the API, in the database and in settings. */
    String name();

    /** The owner of its clearing account in the books, fixed for ever. */
    UUID clearing();

    Traits traits();

    /** Whether it has what it needs to send: a key, an account. */
    boolean configured();

    /** How many requests a second the provider is asked at most. */
    int perSecond();

    /** Whether it can pay exactly this much in this currency. */
    boolean takes(Money amount);

    /** The bytes that are sent for an order, now and whenever it is sent again; for amounts that the rail takes. */
    Instruction freeze(Order order);

    /**
     * Sends once. Every failure is a {@link Reply}, never a failed {@code Uni}; whoever writes the bytes asks the deadline just
     * before.
     */
    Uni<Reply> send(Instruction instruction, Deadline deadline);

    /**
     * Asks what became of it, by our own id where the traits say so, else by the ids that the provider told; {@link
     * Finding.Unclear} where neither can be.
     */
    Uni<Finding> lookUp(Instruction instruction, List<String> transferIds);

    /** What an event says about a payout; empty where it is about something else. */
    Optional<Notice> read(JsonObject event);
}
