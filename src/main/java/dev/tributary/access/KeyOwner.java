package dev.tributary.access;

import java.util.Locale;
import java.util.Set;

/** Whose an API key is: a program's, used by the merchant's servers, or an affiliate's, used by the affiliate's programs. */
public enum KeyOwner {
    PROGRAM("trk_", Set.of("track:write", "promo:apply", "read")),
    AFFILIATE("tra_", Set.of());

    /** The one role of every affiliate's key. */
    public static final String AFFILIATE_ROLE = "affiliate-key";

    private final String prefix;
    private final Set<String> scopes;

    KeyOwner(String prefix, Set<String> scopes) {
        this.prefix = prefix;
        this.scopes = scopes;
    }

    /** How every secret of this kind begins. */
    String prefix() {
        return prefix;
    }

    /** The scopes that a key of this kind may have; none means that keys of this kind have no scopes. */
    public Set<String> scopes() {
        return scopes;
    }

    /** As the database has it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static KeyOwner ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
