package dev.tributary.payout.rail.circle;

import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.security.PublicKey;

/** What is read from Amazon's own servers, whose addresses were checked before. */
interface Amazon {
    /** The key in a certificate; fails where it cannot be had. */
    Uni<PublicKey> key(URI certificate);

    /** Visits an address; fails where it does not answer 200. */
    Uni<Void> visit(URI address);
}
