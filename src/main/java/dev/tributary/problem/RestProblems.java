package dev.tributary.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The REST layer's door to the renderer. The framework has mappers of its own for most of these types and the nearest type
 * wins, so each is named here; all end in one method.
 */
final class RestProblems {
    private static final Logger LOG = Logger.getLogger(RestProblems.class);

    @ServerExceptionMapper(priority = 1)
    Response of(Throwable thrown) {
        return render(thrown);
    }

    @ServerExceptionMapper(priority = 1)
    Response of(Problem thrown) {
        return render(thrown);
    }

    @ServerExceptionMapper(priority = 1)
    Response of(WebApplicationException thrown) {
        int status = thrown.getResponse().getStatus();
        return status < 400 ? thrown.getResponse() : render(thrown);
    }

    @ServerExceptionMapper(priority = 1)
    Response of(NotFoundException thrown) {
        return render(thrown);
    }

    @ServerExceptionMapper(priority = 1)
    Response of(MismatchedInputException thrown) {
        return render(thrown);
    }

    @ServerExceptionMapper(priority = 1)
    Response of(ValidationException thrown) {
        return render(thrown);
    }

    @ServerExceptionMapper(priority = 1)
    Response of(UnauthorizedException thrown) {
        return render(thrown);
    }

    @ServerExceptionMapper(priority = 1)
    Response of(AuthenticationFailedException thrown) {
        return render(thrown);
    }

    @ServerExceptionMapper(priority = 1)
    Response of(AuthenticationCompletionException thrown) {
        return render(thrown);
    }

    @ServerExceptionMapper(priority = 1)
    Response of(ForbiddenException thrown) {
        return render(thrown);
    }

    static Response render(Throwable thrown) {
        Problem problem = Problems.of(thrown);
        log(LOG, problem, thrown);
        Response.ResponseBuilder response = Response.status(problem.kind().status())
                .type(ProblemJson.MEDIA_TYPE)
                .entity(ProblemJson.of(problem));
        ProblemHeaders.of(problem).forEach(response::header);
        if (thrown instanceof WebApplicationException web) {
            Object allow = web.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
            if (allow != null) response.header(HttpHeaders.ALLOW, allow);
        }
        return response.build();
    }

    /** Our own bugs with everything, a dependency that is away in one line, the caller's mistakes not at all. */
    static void log(Logger log, Problem problem, Throwable thrown) {
        if (problem.kind() == ProblemKind.INTERNAL) {
            log.error("A request failed", thrown);
        } else if (problem.kind() == ProblemKind.UNAVAILABLE) {
            log.warnf("A request was answered 503: %s: %s", thrown.getClass().getSimpleName(), thrown.getMessage());
        }
    }
}
