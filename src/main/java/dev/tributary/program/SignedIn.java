package dev.tributary.program;

import dev.tributary.access.Caller;
import dev.tributary.affiliate.Account;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The account with which somebody comes into a program, and from where. */
@ApplicationScoped
class SignedIn {
    private final SecurityIdentity identity;
    private final CurrentVertxRequest current;
    private final Caller caller;

    SignedIn(SecurityIdentity identity, CurrentVertxRequest current, Caller caller) {
        this.identity = identity;
        this.current = current;
        this.caller = caller;
    }

    /** 403 where it is an API key that asks: a key belongs to somebody who is in already. */
    Account account() {
        if (!(identity.getPrincipal() instanceof JsonWebToken token) || token.getSubject() == null)
            throw new Problem(ProblemKind.FORBIDDEN, "Sign in with an account; an API key is none");
        return new Account(token.getIssuer(), token.getSubject());
    }

    /** What is noted of a consent beside the time. */
    Agreement.Acceptance acceptance() {
        String agent = current.getCurrent().request().getHeader("User-Agent");
        return new Agreement.Acceptance(account().subject(), caller.network(), Objects.requireNonNullElse(agent, ""));
    }
}
