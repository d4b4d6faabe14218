package dev.tributary.problem;

/** Every way a request can be refused: its status, its stable code and its title. */
public enum ProblemKind {
    INVALID_REQUEST(400, "invalid_request", "The request is not valid"),
    UNAUTHENTICATED(401, "unauthenticated", "Credentials are missing or not valid"),
    FORBIDDEN(403, "forbidden", "These credentials do not allow this"),
    AGREEMENT_REQUIRED(403, "agreement_required", "The program's agreement must be accepted first"),
    NOT_FOUND(404, "not_found", "Nothing here"),
    LEADERBOARD_DISABLED(404, "leaderboard_disabled", "This program has no leaderboard"),
    METHOD_NOT_ALLOWED(405, "method_not_allowed", "This method is not allowed here"),
    NOT_ACCEPTABLE(406, "not_acceptable", "No representation in an accepted type"),
    CONFLICT(409, "conflict", "The request conflicts with what is stored"),
    IN_PROGRESS(409, "in_progress", "The same request is being handled"),
    TOO_LARGE(413, "too_large", "The request body is too large"),
    URI_TOO_LONG(414, "uri_too_long", "The request address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type", "The request body's type is not supported"),
    UNPROCESSABLE(422, "unprocessable", "The request cannot be carried out"),
    KEY_REUSED(422, "idempotency_key_reused", "This Idempotency-Key was used with another request"),
    RATE_LIMITED(429, "rate_limited", "Too many requests"),
    INTERNAL(500, "internal", "Something went wrong on our side"),
    UNAVAILABLE(503, "unavailable", "A part that is needed is away; try again");

    private final int status;
    private final String code;
    private final String title;

    ProblemKind(int status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }
}
