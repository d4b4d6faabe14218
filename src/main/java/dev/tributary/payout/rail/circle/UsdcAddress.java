package dev.tributary.payout.rail.circle;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where USDC can be sent. Money that goes to a wrong address is gone for good, so what can be checked is checked before Circle
 * is asked: the checksum that mixed case carries, the length of what is encoded.
 */
public record UsdcAddress(Chain chain, String address) {
    /** The chains that are offered, by Circle's words. */
    public enum Chain {
        ETH(true),
        ARB(true),
        AVAX(true),
        BASE(true),
        MATIC(true),
        OP(true),
        SOL(false);

        private final boolean hex;

        Chain(boolean hex) {
            this.hex = hex;
        }
    }

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int SOLANA_BYTES = 32;

    public UsdcAddress {
        if (!isValid(chain, address)) throw new IllegalArgumentException("Not an address on that chain");
    }

    public static boolean isValid(Chain chain, String address) {
        return chain.hex ? isHex(address) : isSolana(address);
    }

    /** 20 bytes in hexadecimal. In one case it carries no checksum; in both it must be right (EIP-55). */
    private static boolean isHex(String address) {
        if (!address.matches("0x[0-9a-fA-F]{40}") || address.matches("0x0{40}")) return false;
        String digits = address.substring(2);
        boolean mixed =
                !digits.equals(digits.toLowerCase(Locale.ROOT)) && !digits.equals(digits.toUpperCase(Locale.ROOT));
        return !mixed || address.equals(checksummed(digits));
    }

    /** A letter is a capital where the same digit of the hash is 8 or more. */
    private static String checksummed(String digits) {
        String lower = digits.toLowerCase(Locale.ROOT);
        byte[] hash = Keccak.of(lower.getBytes(StandardCharsets.US_ASCII));
        StringBuilder mixed = new StringBuilder("0x");
        for (int i = 0; i < lower.length(); i++) {
            int nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15;
            char digit = lower.charAt(i);
            mixed.append(nibble >= 8 ? Character.toUpperCase(digit) : digit);
        }
        return mixed.toString();
    }

    /** 32 bytes in base 58; leading zero bytes are leading ones. All zeros is the system's own account. */
    private static boolean isSolana(String address) {
        if (address.length() < 32 || address.length() > 44) return false;
        BigInteger number = BigInteger.ZERO;
        for (char each : address.toCharArray()) {
            int digit = BASE58.indexOf(each);
            if (digit < 0) return false;
            number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
        }
        int zeros = 0;
        while (zeros < address.length() && address.charAt(zeros) == '1') zeros++;
        return number.signum() > 0 && zeros + (number.bitLength() + 7) / 8 == SOLANA_BYTES;
    }

    /** For people, who compare ends: a middle that is swapped by malware is what the confirmation is for. */
    public String redacted() {
        return address.substring(0, 6) + "…" + address.substring(address.length() - 4);
    }
}
