package dev.tributary.id;

import java.util.Optional;
import java.util.UUID;

/**
 * The public form of an id: a prefix that names its kind, {@code _}, and the 128 bits as 26 characters of Crockford's
 * base32 in lower case, for example {@code clk_01h455vb4pex5vsknk084sn02q}.
 *
 * @see <a href="https://github.com/jetify-com/typeid/tree/main/spec">TypeID 0.3</a>
 */
public enum TypeId {
    ABUSE_REPORT("abr"),
    ACCEPTANCE("acc"),
    ADJUSTMENT("adj"),
    AFFILIATE("aff"),
    AGREEMENT("agr"),
    API_KEY("key"),
    APPLICATION("app"),
    AUDIT("aud"),
    CAMPAIGN("cmp"),
    CLICK("clk"),
    CONTEST("cts"),
    CONVERSION("cnv"),
    COMMISSION("cms"),
    COMMISSION_RULE("crl"),
    DISCOUNT_BATCH("dsb"),
    DISCOUNT_CODE("dsc"),
    ENROLLMENT("enr"),
    ENTRY("ent"),
    EVENT("evt"),
    IMPORT("imp"),
    INVITATION("inv"),
    JOB_RUN("run"),
    JOURNAL("jnl"),
    LINK("lnk"),
    MILESTONE("mst"),
    PAYOUT("pyt"),
    PAYOUT_FILE("pyf"),
    PAYOUT_METHOD("pmt"),
    PAYOUT_RUN("prn"),
    PAYOUT_TASK("ptk"),
    PLAN("pln"),
    PROGRAM("prg"),
    RECONCILE_ITEM("rci"),
    REDEMPTION("rdm"),
    REFERRAL("ref"),
    REFUND("rfd"),
    STRIPE_SECRET("whs"),
    TAX_FORM("txf"),
    TIER("tir"),
    VIOLATION("vio"),
    VISITOR("vis");

    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final byte[] VALUES = new byte[128];
    private static final int LENGTH = 26;

    static {
        java.util.Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET[i]] = (byte) i;
    }

    private final String prefix;

    TypeId(String prefix) {
        this.prefix = prefix + "_";
    }

    /** What stands before the 26 characters, the underscore included. */
    public String prefix() {
        return prefix;
    }

    public String format(UUID id) {
        char[] text = new char[prefix.length() + LENGTH];
        prefix.getChars(0, prefix.length(), text, 0);
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        for (int i = text.length - 1; i >= prefix.length(); i--) {
            text[i] = ALPHABET[(int) low & 31];
            low = low >>> 5 | high << 59;
            high >>>= 5;
        }
        return new String(text);
    }

    /** The id, or empty where the text is not a TypeID of this kind (another prefix, upper case, more than 128 bits). */
    public Optional<UUID> parse(String text) {
        int start = prefix.length();
        if (text.length() != start + LENGTH || !text.startsWith(prefix) || text.charAt(start) > '7')
            return Optional.empty();
        long high = 0;
        long low = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || VALUES[c] < 0) return Optional.empty();
            high = high << 5 | low >>> 59;
            low = low << 5 | VALUES[c];
        }
        return Optional.of(new UUID(high, low));
    }
}
