package dev.tributary.promo.validate;

import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks again at codes that memory knows not, or knows as not usable: in Redis, then in PostgreSQL. So a code made or
 * brought back a moment ago is good at once, and whoever guesses codes finds the same work, and the same time, behind every
 * failure. Only so many look-ups run at once.
 */
@ApplicationScoped
class CodeLookup {
    /** Of the request pool's connections; the API must not starve because somebody guesses codes. */
    private static final int AT_ONCE = 8;

    private final SharedCodes shared;
    private final CodeReads reads;
    private final CodeCache cache;
    private final AtomicInteger running = new AtomicInteger();

    CodeLookup(SharedCodes shared, CodeReads reads, CodeCache cache) {
        this.shared = shared;
        this.reads = reads;
        this.cache = cache;
    }

    /** A code as found, and whether PostgreSQL could be asked. */
    record Found(Optional<KnownCode> code, boolean stale) {}

    /** The code as it is now; fails where PostgreSQL is away and nobody else knows it, or too many ask at once. */
    Uni<Found> find(String key) {
        if (running.incrementAndGet() > AT_ONCE) {
            running.decrementAndGet();
            return Uni.createFrom()
                    .failure(new Problem(ProblemKind.UNAVAILABLE, "Too many codes are looked up at once"));
        }
        return shared.find(key)
                .chain(there -> there.filter(s -> s.fresh() && s.code().open()).isPresent()
                        ? Uni.createFrom().item(new Found(there.map(SharedCodes.Shared::code), false))
                        : read(key, there))
                .onTermination()
                .invoke(running::decrementAndGet);
    }

    private Uni<Found> read(String key, Optional<SharedCodes.Shared> there) {
        return reads.byKey(key)
                .call(found ->
                        found.map(this::programOf).orElse(Uni.createFrom().voidItem()))
                .invoke(found -> found.ifPresent(this::keep))
                .map(found -> new Found(found, false))
                .onFailure()
                .recoverWithUni(away -> there.isPresent()
                        ? Uni.createFrom().item(new Found(there.map(SharedCodes.Shared::code), true))
                        : Uni.createFrom().failure(away));
    }

    /** A code may be asked for before its program, new as well, has been heard of. */
    private Uni<Void> programOf(KnownCode code) {
        UUID program = code.card().terms().programId();
        if (cache.program(program) != null) return Uni.createFrom().voidItem();
        return reads.program(program).invoke(cache::add).replaceWithVoid();
    }

    /** Nobody waits for Redis to have it. */
    private void keep(KnownCode code) {
        cache.put(code);
        shared.put(code).subscribe().with(done -> {});
    }
}
