package dev.tributary.click;

import dev.tributary.id.TypeId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The visitor's id in its cookie on the tracking host; anything that is no such id is ignored, whatever it holds. */
final class Visitors {
    private static final String NAME = "trb_v=";
    private static final int ID_LENGTH = 30;
    /** 400 days: the most that browsers keep a cookie (RFC 6265bis). */
    private static final String ATTRIBUTES = "; Max-Age=34560000; Path=/; Secure; HttpOnly; SameSite=Lax";

    private Visitors() {}

    static @Nullable UUID fromCookies(@Nullable String header) {
        if (header == null) return null;
        int at = header.indexOf(NAME);
        while (at > 0 && header.charAt(at - 1) != ' ' && header.charAt(at - 1) != ';')
            at = header.indexOf(NAME, at + 1);
        int start = at + NAME.length();
        if (at < 0 || header.length() < start + ID_LENGTH) return null;
        return TypeId.VISITOR.parse(header.substring(start, start + ID_LENGTH)).orElse(null);
    }

    static String cookie(UUID visitor) {
        return NAME + TypeId.VISITOR.format(visitor) + ATTRIBUTES;
    }
}
