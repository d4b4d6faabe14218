package dev.tributary.load;

/** The kinds of requests of the mix, each with its share in a thousand of all requests. */
enum Kind {
    /** A person follows a link once. */
    VISIT(620),
    /** A person who comes back: the same link, the cookie of the first answer, three requests in about two seconds. */
    RETURN(120),
    /** A person follows a link to a deeper page, by path or by {@code ?to=}. */
    DEEP_LINK(60),
    /** A crawler or a chat's link preview. */
    BOT(110),
    /** A browser that loads ahead of a click. */
    PREFETCH(40),
    /** A link checker. */
    HEAD(20),
    /** A code that does not exist. */
    UNKNOWN(30);

    static final int REQUESTS_OF_A_RETURNING_VISITOR = 3;

    private final int perMille;

    Kind(int perMille) {
        this.perMille = perMille;
    }

    /** Users that begin a second, so that the requests of all kinds add up to the rate. */
    double usersPerSecond(int rate) {
        int requests = this == RETURN ? REQUESTS_OF_A_RETURNING_VISITOR : 1;
        return rate * perMille / 1_000.0 / requests;
    }
}
