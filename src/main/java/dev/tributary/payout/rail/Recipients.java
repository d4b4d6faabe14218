package dev.tributary.payout.rail;

import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/** The payees of one rail: what an affiliate must tell, and how the provider comes to know them; found by CDI. */
public interface Recipients {
    /**
     * What an affiliate told, checked.
     *
     * @param currency in which it is paid
     * @param hint how people recognise it, such as the last four digits; nothing that must be kept secret
     * @param fields all of it in its settled form: kept wrapped, and shown to nobody
     */
    record Details(String currency, String hint, JsonObject fields) {}

    /**
     * A page of the provider where the affiliate tells it the rest.
     *
     * @param url good for one visit
     */
    record Onboarding(URI url, Instant expiresAt) {}

    /** The name of the rail. */
    String rail();

    /** Whether the rail can be used at all; without it every method for it is refused with 422. */
    boolean configured();

    /** The details in what was sent; a {@link Problem} names every field that is wrong, as {@code details.<field>}. */
    Details read(JsonObject fields);

    /**
     * Makes the provider know the payee. The same key again makes no second one where the provider can tell. Fails with a {@link
     * Problem}: 422 for what it refuses, 503 where it cannot be asked now.
     */
    Uni<Recipient> open(Details details, UUID key);

    /** What the provider says of the payee now; fails as {@link #open} does. */
    Uni<Recipient> check(String destination);

    /** A page for the affiliate to finish at; 422 for a rail that has none, and else as {@link #open} fails. */
    default Uni<Onboarding> onboard(String destination, URI returnUrl, URI refreshUrl) {
        return Uni.createFrom()
                .failure(
                        () -> new Problem(ProblemKind.UNPROCESSABLE, "This kind of payout method needs no onboarding"));
    }
}
