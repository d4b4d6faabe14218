package dev.tributary.analytics.live;

import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tickets: each opens one stream, once, within a minute. For browsers, whose {@code EventSource} sends no header: an address
 * ends up in histories and logs of proxies, so what stands in it must be worth nothing afterwards.
 */
@ApplicationScoped
class Tickets {
    /** From the answer to the connection that shows it. */
    static final Duration GOOD_FOR = Duration.ofSeconds(60);

    private static final String PREFIX = "lvt_";
    private static final int BYTES = 32;
    /** The prefix and 32 bytes in base64 without padding. */
    private static final int LENGTH = PREFIX.length() + 43;

    private final Transactions transactions;
    private final TicketRepository repository;
    private final RandomGenerator random;
    private final Clock clock;

    Tickets(Transactions transactions, TicketRepository repository, RandomGenerator random, Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.random = random;
        this.clock = clock;
    }

    /** A new one; only its hash is kept. */
    Uni<LiveTicket> issue(Holder holder) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        Instant expires = clock.instant().truncatedTo(ChronoUnit.MICROS).plus(GOOD_FOR);
        return transactions
                .run(tx -> repository.insert(tx, hash(text), holder, expires))
                .replaceWith(() -> new LiveTicket(text, expires));
    }

    /** Whose it is, and that for the first who asks; empty where it was used, is too old, or never was. */
    Uni<Optional<Holder>> redeem(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX))
            return Uni.createFrom().item(Optional.empty());
        return transactions.run(Transactions.DEADLINE, tx -> repository.take(tx, hash(text), clock.instant()));
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
