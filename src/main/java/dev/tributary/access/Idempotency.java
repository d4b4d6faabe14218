package dev.tributary.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a request at most once for each {@code Idempotency-Key} of a caller, and repeats its answer.
 *
 * <p>The answer is stored by the transaction that has the effect, so neither exists without the other. A lock held by that
 * transaction, not a row, marks a request in flight: a crash leaves nothing to clean up. A request that fails stores
 * nothing and may be sent again with the same key.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/07/">Idempotency-Key, draft 07</a>
 */
@ApplicationScoped
public class Idempotency {
    public static final String HEADER = "Idempotency-Key";

    private static final int KEY_LENGTH = 255;
    /** As the first answer was sent, to the letter. */
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8");

    private final Transactions transactions;
    private final IdempotencyRepository repository;
    private final Caller caller;
    private final ObjectMapper mapper;
    private final Fingerprint fingerprint;

    Idempotency(Transactions transactions, IdempotencyRepository repository, Caller caller, ObjectMapper mapper) {
        this.transactions = transactions;
        this.repository = repository;
        this.caller = caller;
        this.mapper = mapper;
        this.fingerprint = new Fingerprint(mapper);
    }

    /**
     * Runs the work in one transaction; without a key that is all. Fails with 409 {@code in_progress} while the same key is
     * being handled, 422 {@code idempotency_key_reused} when it was used with another operation or body, and 400 when it
     * is not 1 to 255 printable ASCII characters.
     */
    public Uni<Response> run(
            @Nullable String key, String operation, Object request, Function<SqlConnection, Uni<Response>> work) {
        // The framework takes an empty header for none; its sender believes to be safe.
        if (key == null && caller.sent(HEADER)) check("");
        if (key == null) return transactions.run(work);
        check(key);
        StoredAnswer.Key id = new StoredAnswer.Key(caller.kind() + ":" + caller.id(), key);
        byte[] hash = fingerprint.of(operation, request);
        return transactions.run(tx -> repository
                .lock(tx, id)
                .invoke(Idempotency::refuseInFlight)
                .chain(() -> repository.find(tx, id))
                .chain(stored -> stored.isPresent() ? repeat(stored, hash) : carryOut(tx, id, hash, work)));
    }

    /** How many answers are older than that. */
    public Uni<Long> countOlder(SqlConnection c, OffsetDateTime before) {
        return repository.countOlder(c, before);
    }

    /** Forgets answers given before a moment, at most so many at once: their keys are then new again. */
    public Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return repository.forget(tx, before, atMost);
    }

    /** 400 where the text is no key. */
    public static void check(String key) {
        boolean printable = key.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (key.isBlank() || key.length() > KEY_LENGTH || !printable)
            throw Problem.field(HEADER, "invalid", "Idempotency-Key must be 1 to 255 printable ASCII characters");
    }

    private static void refuseInFlight(boolean locked) {
        if (!locked) throw new Problem(ProblemKind.IN_PROGRESS, "A request with this Idempotency-Key is being handled");
    }

    private static Uni<Response> repeat(Optional<StoredAnswer> found, byte[] hash) {
        StoredAnswer stored = found.orElseThrow();
        if (!MessageDigest.isEqual(stored.requestHash(), hash))
            throw new Problem(ProblemKind.KEY_REUSED, "Use a new Idempotency-Key for another request");
        Response.ResponseBuilder answer = Response.status(stored.status());
        if (stored.body() != null) answer.entity(stored.body()).type(JSON);
        if (stored.location() != null) answer.header(HttpHeaders.LOCATION, stored.location());
        return Uni.createFrom().item(answer.build());
    }

    private Uni<Response> carryOut(
            SqlConnection tx, StoredAnswer.Key id, byte[] hash, Function<SqlConnection, Uni<Response>> work) {
        return work.apply(tx).call(answer -> repository.insert(tx, id, stored(answer, hash)));
    }

    private StoredAnswer stored(Response answer, byte[] hash) {
        try {
            Object entity = answer.getEntity() instanceof ShownOnce once ? once.withoutSecret() : answer.getEntity();
            String body = entity == null ? null : mapper.writeValueAsString(entity);
            return new StoredAnswer(hash, answer.getStatus(), answer.getHeaderString(HttpHeaders.LOCATION), body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer cannot be written as JSON", e);
        }
    }
}
