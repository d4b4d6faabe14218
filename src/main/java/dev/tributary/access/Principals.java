package dev.tributary.access;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which affiliates the accounts behind requests are bound to. A binding is remembered until somebody is erased, of which all
 * instances are told, and a few seconds at most; that there is none, for a second.
 */
@ApplicationScoped
class Principals {
    /** Should nobody tell of an erasure: as long as the poll of {@link KeyFreshness} takes. */
    private static final long BOUND_NANOS = Duration.ofSeconds(5).toNanos();
    /** Who registers in this moment is bound in the next. */
    private static final long UNBOUND_NANOS = Duration.ofSeconds(1).toNanos();
    /** More accounts than ask within seconds. */
    private static final int MOST = 10_000;

    private final Instance<PrincipalResolver> resolver;
    private final Map<Account, Bound> remembered = Recent.atMost(MOST);
    private volatile long generation;

    Principals(Instance<PrincipalResolver> resolver) {
        this.resolver = resolver;
    }

    /** Empty for a token without issuer or subject, and where no room knows accounts. */
    Uni<Optional<UUID>> affiliateOf(@Nullable String issuer, @Nullable String subject) {
        if (issuer == null || subject == null || resolver.isUnsatisfied())
            return Uni.createFrom().item(Optional.empty());
        Account account = new Account(issuer, subject);
        Bound bound = remembered.get(account);
        if (bound != null && bound.isFresh()) return Uni.createFrom().item(bound.affiliate);
        long before = generation;
        // From before the question: the answer is at least as old as that.
        long asked = System.nanoTime();
        return resolver.get().affiliateOf(issuer, subject).invoke(found -> {
            if (generation == before) remembered.put(account, new Bound(found, asked));
        });
    }

    /** Forgets everything: some account may have been bound or unbound. */
    synchronized void forget() {
        generation++;
        remembered.clear();
    }

    private record Account(String issuer, String subject) {}

    private record Bound(Optional<UUID> affiliate, long sinceNanos) {
        boolean isFresh() {
            return System.nanoTime() - sinceNanos < (affiliate.isPresent() ? BOUND_NANOS : UNBOUND_NANOS);
        }
    }
}
