package dev.tributary.problem;

import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns whatever was thrown into the problem that the caller is told. What is not recognized is our own bug: an internal
 * error, of which the caller learns nothing but that.
 */
final class Problems {
    /** Causes looked at: wrappings are two or three deep, and a cycle must end. */
    private static final int DEPTH = 8;

    private Problems() {}

    static Problem of(Throwable thrown) {
        return causes(thrown)
                .map(Problems::known)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> new Problem(ProblemKind.INTERNAL, "The error has been logged"));
    }

    /** The problem that stands for a bare HTTP status. */
    static Problem of(int status, @Nullable Throwable cause) {
        if (cause != null && status >= 500) return of(cause);
        return ofStatus(status);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, t -> t != null, Throwable::getCause).limit(DEPTH);
    }

    private static Optional<Problem> known(Throwable t) {
        return Stream.<Function<Throwable, @Nullable Problem>>of(
                        Problems::ours, Problems::body, Problems::security, Problems::storeAway, Problems::framework)
                .map(rule -> Optional.ofNullable(rule.apply(t)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static @Nullable Problem ours(Throwable t) {
        if (t instanceof Problem problem) return problem;
        return t instanceof ConstraintViolationException invalid ? BodyProblems.of(invalid) : null;
    }

    private static @Nullable Problem body(Throwable t) {
        if (t instanceof InvalidDefinitionException)
            return new Problem(ProblemKind.INTERNAL, "The error has been logged");
        // The framework has counted the chunks and answered; this is what the reader of the body is left with.
        if (t instanceof IOException && "Request too large".equals(t.getMessage())) return ofStatus(413);
        if (t instanceof MismatchedInputException mismatch) return BodyProblems.of(mismatch);
        if (t instanceof JsonMappingException mapping)
            return mapping.getCause() instanceof Problem p ? p : BodyProblems.of(mapping);
        return t instanceof StreamReadException
                ? new Problem(ProblemKind.INVALID_REQUEST, "The body is not valid JSON")
                : null;
    }

    private static @Nullable Problem security(Throwable t) {
        if (t instanceof OIDCException || Away.signIn(t))
            return new Problem(ProblemKind.UNAVAILABLE, "Sign-in cannot be checked now");
        if (t instanceof UnauthorizedException || t instanceof AuthenticationException)
            return new Problem(ProblemKind.UNAUTHENTICATED, "Send a valid access token: Authorization: Bearer ...");
        return t instanceof ForbiddenException || t instanceof SecurityException
                ? new Problem(ProblemKind.FORBIDDEN, "This needs a role that the token does not have")
                : null;
    }

    private static @Nullable Problem storeAway(Throwable t) {
        return Away.store(t) ? new Problem(ProblemKind.UNAVAILABLE, "The database does not answer now") : null;
    }

    private static @Nullable Problem framework(Throwable t) {
        if (!(t instanceof WebApplicationException web)) return null;
        if (web.getCause() != null && !(web instanceof NotFoundException)) {
            Optional<Problem> better = causes(web.getCause())
                    .map(Problems::known)
                    .flatMap(Optional::stream)
                    .findFirst();
            if (better.isPresent()) return better.get();
        }
        // A parameter that does not convert: the framework says 404, but the address was right.
        if (web instanceof NotFoundException && web.getCause() != null) return ofStatus(400);
        return ofStatus(web.getResponse().getStatus());
    }

    private static Problem ofStatus(int status) {
        for (ProblemKind kind : ProblemKind.values()) {
            if (kind.status() == status) return new Problem(kind, sentence(kind));
        }
        return new Problem(status < 500 ? ProblemKind.INVALID_REQUEST : ProblemKind.INTERNAL, "HTTP status " + status);
    }

    private static String sentence(ProblemKind kind) {
        return switch (kind) {
            case INVALID_REQUEST -> "The request or its body could not be read";
            case NOT_FOUND -> "There is nothing at this address";
            case METHOD_NOT_ALLOWED -> "This address does not answer to this method";
            case NOT_ACCEPTABLE -> "Accept application/json, or text/csv where lists are offered as such";
            case UNSUPPORTED_MEDIA_TYPE -> "Send the body as application/json";
            case TOO_LARGE -> "A body has at most 1 MB";
            case URI_TOO_LONG -> "An address has at most 8 KB";
            default -> kind.title();
        };
    }
}
