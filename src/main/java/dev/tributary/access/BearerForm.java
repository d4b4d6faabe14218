package dev.tributary.access;

import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.quarkus.security.AuthenticationFailedException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * The first look at credentials, before anything decodes them: one {@code Authorization} header at most, and a bearer
 * token of the form that RFC 6750 gives it. The sign-in extension fails with a 500 on some texts that are no token, and
 * takes the first of two headers where a proxy may have checked the second. It also keeps sign-in within a time limit.
 */
@ApplicationScoped
class BearerForm {
    /** After the checks of size in room problem, before sign-in. */
    private static final int BEFORE_SIGN_IN = -8_000;

    /** After sign-in, before the roles are looked at. */
    private static final int AFTER_SIGN_IN = -150;
    /**
     * Milliseconds that sign-in may take: an issuer that accepts connections and answers nothing would hold requests for
     * as long as they live, and no answer may take longer than 3 s.
     */
    private static final long LIMIT = 2_500;

    /** Everything that looks at credentials, though it be open. */
    private static final List<String> PATHS = List.of("/api/*", "/postback", "/webhooks/*");

    private static final String TIMER = "tributary.sign-in-timer";
    /** An encrypted JWT has five parts. */
    private static final int MOST_DOTS = 4;

    void register(@Observes Router router) {
        for (String paths : PATHS) {
            router.route(paths).order(BEFORE_SIGN_IN).handler(BearerForm::check);
            router.route(paths).order(AFTER_SIGN_IN).handler(BearerForm::signedIn);
        }
    }

    private static void check(RoutingContext context) {
        List<String> headers = context.request().headers().getAll("Authorization");
        if (headers.isEmpty()) {
            context.next();
        } else if (headers.size() == 1 && wellFormed(headers.get(0))) {
            context.put(TIMER, context.vertx().setTimer(LIMIT, timer -> tooLong(context)));
            context.next();
        } else {
            context.fail(401, new AuthenticationFailedException("Malformed credentials"));
        }
    }

    private static void tooLong(RoutingContext context) {
        context.put(TIMER, null);
        if (!context.response().ended() && !context.failed())
            context.fail(new Problem(ProblemKind.UNAVAILABLE, "Sign-in cannot be checked now"));
    }

    /** Nothing is done for a request that has been answered already. */
    private static void signedIn(RoutingContext context) {
        Long timer = context.get(TIMER);
        if (timer != null) context.vertx().cancelTimer(timer);
        if (!context.response().ended()) context.next();
    }

    static boolean wellFormed(String header) {
        String token = Bearer.token(header);
        if (token == null) return true;
        int dots = 0;
        boolean padded = false;
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c == '.') dots++;
            else if (c == '=' && dots == 0 && i > 0) padded = true;
            else if (!isLetterOrDigit(c) && c != '_' && c != '-' && (dots > 0 || "~+/".indexOf(c) < 0)) return false;
            else if (padded && dots == 0) return false;
        }
        if (token.isEmpty() || token.charAt(0) == '.' || dots > MOST_DOTS) return false;
        // What calls itself a JWT must have claims to look into; only an encrypted one leaves its second part empty.
        return dots != 2 || !token.contains("..");
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
