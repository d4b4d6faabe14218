package dev.tributary.problem;

import java.util.LinkedHashMap;
import java.util.Map;

/** The headers that go with a problem of each kind. */
final class ProblemHeaders {
    /** Seconds: an instance that lost PostgreSQL has it back a second or two after it returns. */
    private static final String RETRY_AFTER = "1";

    private ProblemHeaders() {}

    static Map<String, String> of(Problem problem) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        if (problem.kind() == ProblemKind.UNAUTHENTICATED) headers.put("WWW-Authenticate", "Bearer");
        if (problem.kind() == ProblemKind.UNAVAILABLE) headers.put("Retry-After", RETRY_AFTER);
        return headers;
    }
}
