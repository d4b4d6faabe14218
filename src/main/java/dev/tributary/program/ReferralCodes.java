package dev.tributary.program;

import dev.tributary.postgres.Unique;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
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
    private static final int LONGEST = 64;
    /** Seventeen million endings a stem. */
    private static final int ENDING = 5;
    /** The length of {@code ECO} and of many a brand. */
    private static final int STEM = 8;
    /** After so many tries, a number says nothing any more. */
    private static final int LAST_NUMBER = 9;

    static final String WHAT_IS_ONE = "A code is 2 to 64 of letters, digits, _ and -";
    private static final String FIND = "SELECT 1 FROM referral_code WHERE code_key = $1";
    private static final String RELEASE = "DELETE FROM referral_code WHERE code_key = $1";
    private static final String RESERVE = "INSERT INTO referral_code (code_key, created_at) VALUES ($1, $2)";
    private static final String RESERVE_IF_FREE = RESERVE + " ON CONFLICT (code_key) DO NOTHING";

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
        return signs(MADE_LENGTH);
    }

    private String signs(int count) {
        StringBuilder code = new StringBuilder(count);
        for (int i = 0; i < count; i++) code.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        return code.toString();
    }

    /** Whether the text can be a code at all. */
    static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    /** 400 where the text is no code. */
    static void require(String field, String text) {
        if (!isCode(text)) throw Problem.field(field, "malformed", WHAT_IS_ONE);
    }

    /** Whether nobody has the code now. */
    Uni<Boolean> isFree(SqlConnection c, String code) {
        return c.preparedQuery(FIND).execute(Tuple.of(key(code))).map(rows -> rows.size() == 0);
    }

    /**
     * Takes the first of these codes that is free for good, or else one that nobody chose, and answers which. Two that want
     * the same at once both get one: the second waits for the first, then takes the next.
     */
    Uni<String> reserveOneOf(SqlConnection tx, Queue<String> wanted) {
        String code = wanted.isEmpty() ? make() : wanted.remove();
        return tx.preparedQuery(RESERVE_IF_FREE)
                .execute(Tuple.of(key(code), clock.instant().atOffset(ZoneOffset.UTC)))
                .chain(rows -> rows.rowCount() == 1 ? Uni.createFrom().item(code) : reserveOneOf(tx, wanted));
    }

    /** What comes close to a chosen code: itself, then with a number, then with signs that nobody chose. */
    Queue<String> like(String chosen) {
        Queue<String> codes = new ArrayDeque<>(List.of(chosen));
        String stem = chosen.substring(0, Math.min(chosen.length(), LONGEST - 1 - ENDING));
        for (int n = 2; n <= LAST_NUMBER; n++) codes.add(stem + "-" + n);
        codes.add(stem + "-" + signs(ENDING));
        return codes;
    }

    /** Codes of a program that nobody chose: some letters of its slug, and signs such as in {@code ECO7KQ2X}. */
    Queue<String> of(Program program) {
        String word = key(program.slug().split("-", 2)[0]);
        String stem = word.substring(0, Math.min(word.length(), STEM));
        return new ArrayDeque<>(List.of(stem + signs(ENDING), stem + signs(ENDING + 1), stem + signs(ENDING + 2)));
    }

    /** Gives back a code that was taken for something that never came to be. */
    Uni<Void> release(SqlConnection tx, String code) {
        return tx.preparedQuery(RELEASE).execute(Tuple.of(key(code))).replaceWithVoid();
    }

    /** Takes the code for good; 400 where it is none, 409 where it is taken. */
    public Uni<Void> reserve(SqlConnection tx, String code) {
        require("code", code);
        return tx.preparedQuery(RESERVE)
                .execute(Tuple.of(key(code), clock.instant().atOffset(ZoneOffset.UTC)))
                .onFailure(Unique::violated)
                .transform(taken -> Unique.conflict("The code %s is taken".formatted(code)))
                .replaceWithVoid();
    }
}
