package dev.tributary.access;

import dev.tributary.id.Ids;
import dev.tributary.postgres.Notifier;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of programs and affiliates: issued, rotated with an overlap, revoked, and switched off with their owner.
 *
 * <p>Whether the owner exists, and who may do this for it, is checked by the room that owns it. Every change is known to
 * all instances within a second, while their database connection is healthy.
 */
@ApplicationScoped
public class ApiKeys {
    /** What a rotation of ten servers needs twice over; each is a row in every instance's memory. */
    public static final int MOST_LIVE = 20;
    /** The live ones and enough of the dead to see what happened. */
    public static final int MOST_LISTED = 100;
    /** A key that everybody forgot about must end. */
    public static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    static final String CHANNEL = "keys";
    private static final int NAME_LENGTH = 100;

    private final ApiKeyRepository repository;
    private final Notifier notifier;
    private final RandomGenerator random;
    private final Ids ids;
    private final Clock clock;

    ApiKeys(ApiKeyRepository repository, Notifier notifier, RandomGenerator random, Ids ids, Clock clock) {
        this.repository = repository;
        this.notifier = notifier;
        this.random = random;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes a key. Fails with 400 for a name or scopes that cannot be, and with 409 when the owner has {@value #MOST_LIVE}
     * live keys or is suspended.
     *
     * @param name for people; may be null or blank as it came from a request, and is refused then
     * @param scopes for a program one or more of {@link KeyOwner#scopes}, for an affiliate none
     */
    public Uni<Issued> issue(
            SqlConnection tx, KeyOwner owner, UUID ownerId, @Nullable String name, Set<String> scopes) {
        check(owner, name, scopes);
        return repository
                .lockOwner(tx, owner, ownerId)
                .invoke(ApiKeys::refuseSuspended)
                .chain(() -> repository.countLive(tx, owner, ownerId, now()))
                .invoke(ApiKeys::refuseTooMany)
                .chain(() -> add(tx, owner, ownerId, String.valueOf(name).strip(), scopes));
    }

    /** Live keys first, then the dead, newest first; at most {@value #MOST_LISTED}. */
    public Uni<List<ApiKey>> list(SqlConnection c, KeyOwner owner, UUID ownerId) {
        return repository.list(c, owner, ownerId, now(), MOST_LISTED);
    }

    /**
     * Makes a key with the name and scopes of an old one, which works for the overlap longer. Fails with 404 when the old
     * key is not the owner's, 409 when it works no more, and as {@link #issue} does.
     *
     * @param overlap zero to {@link #LONGEST_OVERLAP}
     */
    public Uni<Issued> rotate(SqlConnection tx, KeyOwner owner, UUID ownerId, UUID keyId, Duration overlap) {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0)
            throw Problem.field("overlap", "out_of_range", "The overlap is 0 to 30 days");
        return owned(tx, owner, ownerId, keyId)
                .invoke(this::refuseDead)
                .call(old -> repository.expire(tx, keyId, ends(old, overlap)))
                .chain(old -> issue(tx, owner, ownerId, old.name(), old.scopes()));
    }

    /** Ends a key at once and for ever; one that has been revoked stays as it is. 404 when it is not the owner's. */
    public Uni<ApiKey> revoke(SqlConnection tx, KeyOwner owner, UUID ownerId, UUID keyId) {
        notifier.changedBy(tx, CHANNEL);
        return owned(tx, owner, ownerId, keyId)
                .call(key -> key.revokedAt() == null
                        ? repository.revoke(tx, keyId, now())
                        : Uni.createFrom().voidItem())
                .chain(() -> owned(tx, owner, ownerId, keyId));
    }

    /** Switches all keys of an owner off, or those on again that have not ended meanwhile; new ones are refused while off. */
    public Uni<Void> disable(SqlConnection tx, KeyOwner owner, UUID ownerId, boolean disabled) {
        notifier.changedBy(tx, CHANNEL);
        return repository
                .lockOwner(tx, owner, ownerId)
                .chain(since -> since.isPresent() == disabled
                        ? Uni.createFrom().voidItem()
                        : repository.disable(tx, owner, ownerId, disabled ? now() : null));
    }

    /** How many keys ended before that. */
    public Uni<Long> countDead(SqlConnection c, OffsetDateTime before) {
        return repository.countDead(c, before);
    }

    /** Forgets keys that ended before a moment, at most so many at once. */
    public Uni<Integer> forgetDead(SqlConnection tx, OffsetDateTime before, int atMost) {
        return repository.forgetDead(tx, before, atMost);
    }

    /** Ends all keys of an owner who is erased, and takes the names off them that the owner gave; answers which. */
    public Uni<List<UUID>> erase(SqlConnection tx, KeyOwner owner, UUID ownerId) {
        notifier.changedBy(tx, CHANNEL);
        return repository.erase(tx, owner, ownerId, now());
    }

    private Uni<ApiKey> owned(SqlConnection tx, KeyOwner owner, UUID ownerId, UUID keyId) {
        return repository
                .lock(tx, owner, ownerId, keyId)
                .map(found -> found.orElseThrow(() -> Problem.notFound("API key")));
    }

    private Uni<Issued> add(SqlConnection tx, KeyOwner owner, UUID ownerId, String name, Set<String> scopes) {
        Secret secret = Secret.make(owner, random);
        ApiKey key = new ApiKey(ids.next(), owner, ownerId, name, secret.hint(), scopes, now(), null, null, null, null);
        notifier.changedBy(tx, CHANNEL);
        return repository.insert(tx, key, secret.hash()).replaceWith(() -> new Issued(key, secret.text()));
    }

    private Instant ends(ApiKey old, Duration overlap) {
        Instant end = now().plus(overlap);
        return old.expiresAt() != null && old.expiresAt().isBefore(end) ? old.expiresAt() : end;
    }

    private void refuseDead(ApiKey old) {
        if (!old.liveAt(now())) throw new Problem(ProblemKind.CONFLICT, "This key works no more; issue a new one");
    }

    private static void refuseSuspended(Optional<Instant> since) {
        if (since.isPresent()) throw new Problem(ProblemKind.CONFLICT, "There are no new keys during a suspension");
    }

    private static void refuseTooMany(long live) {
        if (live >= MOST_LIVE)
            throw new Problem(ProblemKind.CONFLICT, "There are " + MOST_LIVE + " live keys already; revoke one first");
    }

    private static void check(KeyOwner owner, @Nullable String name, Set<String> scopes) {
        String text = name == null ? "" : name.strip();
        FieldErrors errors = new FieldErrors()
                .require(!text.isEmpty(), "name", "required", "name is missing")
                .require(text.length() <= NAME_LENGTH, "name", "too_long", "name has at most 100 characters")
                .require(
                        text.chars().noneMatch(Character::isISOControl),
                        "name",
                        "malformed",
                        "name is one line of text");
        if (owner.scopes().isEmpty()) {
            errors.require(scopes.isEmpty(), "scopes", "unknown_value", "An affiliate's key has no scopes");
        } else {
            errors.require(!scopes.isEmpty(), "scopes", "required", "A key needs one scope at least");
            errors.require(
                    owner.scopes().containsAll(scopes),
                    "scopes",
                    "unknown_value",
                    "scopes are of " + String.join(", ", new TreeSet<>(owner.scopes())));
        }
        errors.done();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
