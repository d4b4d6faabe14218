package dev.tributary.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VaultTest {
    private static final byte[] FIELD = "536-22-1234".getBytes(UTF_8);
    private static final String NAME = "tax_form 1";

    @Test
    void what_is_sealed_opens_and_reads_like_noise() {
        Vault vault = vault('a');
        byte[] sealed = vault.seal(FIELD, NAME);

        assertThat(vault.open(sealed, NAME)).isEqualTo(FIELD);
        assertThat(new String(sealed, UTF_8)).doesNotContain("1234");
        assertThat(vault.seal(FIELD, NAME)).isNotEqualTo(sealed);
        assertThat(vault.seal(new byte[0], NAME)).hasSize(1 + 60 + 28);
    }

    @Test
    void a_field_of_one_row_does_not_open_as_that_of_another() {
        Vault vault = vault('a');
        byte[] sealed = vault.seal(FIELD, NAME);

        assertThatIllegalStateException().isThrownBy(() -> vault.open(sealed, "tax_form 2"));
    }

    @Test
    void no_bit_of_it_can_be_turned() {
        Vault vault = vault('a');
        byte[] sealed = vault.seal(FIELD, NAME);
        for (int at = 0; at < sealed.length; at++) {
            byte[] turned = sealed.clone();
            turned[at] ^= 1;
            assertThatIllegalStateException().isThrownBy(() -> vault.open(turned, NAME));
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatIllegalStateException().isThrownBy(() -> vault.open(cut, NAME));
        }
    }

    @Test
    void after_the_master_key_was_replaced_it_opens_and_can_be_wrapped_anew() {
        byte[] sealed = vault('a').seal(FIELD, NAME);
        Vault next = vault('b', 'x', 'a');

        assertThat(next.open(sealed, NAME)).isEqualTo(FIELD);
        byte[] anew = next.rewrap(sealed, NAME).orElseThrow();
        assertThat(next.rewrap(anew, NAME)).isEmpty();
        assertThat(vault('b').open(anew, NAME)).isEqualTo(FIELD);
        // The field itself is as it was: only its key is wrapped by another.
        assertThat(Arrays.copyOfRange(anew, 61, anew.length)).isEqualTo(Arrays.copyOfRange(sealed, 61, sealed.length));
        assertThatIllegalStateException().isThrownBy(() -> vault('b').open(sealed, NAME));
        assertThatIllegalStateException().isThrownBy(() -> vault('b').rewrap(sealed, NAME));
    }

    @Test
    void keys_are_told_apart_by_a_name_that_says_nothing_of_them() {
        assertThat(vault('a').keyId())
                .matches("[0-9a-f]{8}")
                .isEqualTo(vault('a', 'b').keyId());
        assertThat(vault('a').keyId()).isNotEqualTo(vault('b').keyId());
    }

    @Test
    void without_a_master_key_nothing_can_be_sealed() {
        Vault closed = new Vault(new MasterKey(Optional.empty(), Optional.empty()));

        assertThat(closed.isOpen()).isFalse();
        assertThat(closed.keyId()).isEmpty();
        assertThat(vault('a').isOpen()).isTrue();
    }

    @Test
    void a_key_of_another_length_stops_the_start_without_being_repeated() {
        String shortKey = Base64.getEncoder().encodeToString("secret".getBytes(UTF_8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MasterKey(Optional.of(shortKey), Optional.empty()))
                .withMessageContaining("32 bytes")
                .withMessageNotContaining(shortKey);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MasterKey(Optional.of(key('a')), Optional.of(List.of(shortKey))));
    }

    private static Vault vault(char key, char... before) {
        List<String> previous =
                new String(before).chars().mapToObj(c -> key((char) c)).toList();
        return new Vault(new MasterKey(Optional.of(key(key)), Optional.of(previous)));
    }

    private static String key(char c) {
        return Base64.getEncoder().encodeToString(String.valueOf(c).repeat(32).getBytes(UTF_8));
    }
}
