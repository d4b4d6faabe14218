package dev.tributary.program;

import dev.tributary.postgres.Unique;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The one namespace of codes that can stand in {@code /r/{code}} or {@code ?ref=}. Taking one is a row with the code in
 * upper case as its key, so two that differ by case only cannot both exist.
 */
@ApplicationScoped
public class ReferralCodes {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{2,64}");
    /** Without vowels and look-alikes: 28 signs, 10 of them, so a clash is one in 10^14 tries. */
    private static final String SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ";

    private static final int MADE_LENGTH = 10;
    private static final String RESERVE = "INSERT INTO referral_code (code_key, created_at) VALUES ($1, $2)";

    private final Clock clock;
    private final RandomGenerator random;

    ReferralCodes(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public static String key(String code) {
        return code.toUpperCase(Locale.ROOT);
    }

    /** A code that nobody chose. */
    public String make() {
        StringBuilder code = new StringBuilder(MADE_LENGTH);
        for (int i = 0; i < MADE_LENGTH; i++) code.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        return code.toString();
    }

    /** Takes the code for good; 400 where it is none, 409 where it is taken. */
    public Uni<Void> reserve(SqlConnection tx, String code) {
        if (!CODE.matcher(code).matches())
            throw Problem.field("code", "malformed", "A code is 2 to 64 of letters, digits, _ and -");
        return tx.preparedQuery(RESERVE)
                .execute(Tuple.of(key(code), clock.instant().atOffset(ZoneOffset.UTC)))
                .onFailure(Unique::violated)
                .transform(taken -> Unique.conflict("The code %s is taken".formatted(code)))
                .replaceWithVoid();
    }
}
