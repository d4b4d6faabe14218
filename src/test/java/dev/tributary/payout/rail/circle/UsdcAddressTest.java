package dev.tributary.payout.rail.circle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.payout.rail.circle.UsdcAddress.Chain;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class UsdcAddressTest {
    /** The examples of EIP-55. */
    private static final List<String> CHECKSUMMED = List.of(
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb");

    @Test
    void the_hash_is_that_of_ethereum() {
        assertThat(hash("")).isEqualTo("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
        assertThat(hash("abc")).isEqualTo("4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Keccak.of(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void mixed_case_carries_a_checksum_and_one_case_carries_none() {
        for (String address : CHECKSUMMED) {
            assertThat(UsdcAddress.isValid(Chain.ETH, address)).isTrue();
            assertThat(UsdcAddress.isValid(Chain.BASE, address.toLowerCase(Locale.ROOT)))
                    .isTrue();
            assertThat(UsdcAddress.isValid(Chain.SOL, address)).isFalse();
            for (int i = 2; i < address.length(); i++) {
                char each = address.charAt(i);
                if (!Character.isLetter(each)) continue;
                char other = Character.isUpperCase(each) ? Character.toLowerCase(each) : Character.toUpperCase(each);
                String slip = address.substring(0, i) + other + address.substring(i + 1);
                assertThat(UsdcAddress.isValid(Chain.ETH, slip)).as(slip).isFalse();
            }
        }
    }

    @Test
    void what_is_no_address_is_refused() {
        for (String bad : List.of(
                "",
                "0x",
                "0x" + "0".repeat(40),
                "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae",
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeg"))
            assertThat(UsdcAddress.isValid(Chain.ETH, bad)).as(bad).isFalse();
        assertThatThrownBy(() -> new UsdcAddress(Chain.ETH, "0x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_solana_address_is_32_bytes_in_base_58() {
        String mint = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
        assertThat(UsdcAddress.isValid(Chain.SOL, mint)).isTrue();
        assertThat(UsdcAddress.isValid(Chain.SOL, "So11111111111111111111111111111111111111112"))
                .isTrue();
        for (String bad :
                List.of(mint.substring(4), mint + "1", mint.replace('E', '0'), "1".repeat(32), "z".repeat(44)))
            assertThat(UsdcAddress.isValid(Chain.SOL, bad)).as(bad).isFalse();
        assertThat(new UsdcAddress(Chain.SOL, mint).redacted()).isEqualTo("EPjFWd…Dt1v");
    }
}
