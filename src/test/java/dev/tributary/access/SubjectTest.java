package dev.tributary.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectTest {
    @Test
    void a_subject_of_up_to_255_printable_characters_names_somebody() {
        assertThat(AccessTokensOnly.namesSomebody("3f0c2a52-8f1e-4d0b-9a55-1f2f5c0c9a11"))
                .isTrue();
        assertThat(AccessTokensOnly.namesSomebody("auth0|5f7c8ec7c33c6c004bbafe82"))
                .isTrue();
        assertThat(AccessTokensOnly.namesSomebody("x".repeat(255))).isTrue();
    }

    @Test
    void nothing_else_does() {
        assertThat(AccessTokensOnly.namesSomebody(null)).isFalse();
        assertThat(AccessTokensOnly.namesSomebody("")).isFalse();
        assertThat(AccessTokensOnly.namesSomebody("  ")).isFalse();
        assertThat(AccessTokensOnly.namesSomebody("a\u0000b")).isFalse();
        assertThat(AccessTokensOnly.namesSomebody("\u00e4")).isFalse();
        assertThat(AccessTokensOnly.namesSomebody("x".repeat(256))).isFalse();
        assertThat(AccessTokensOnly.namesSomebody(7)).isFalse();
        assertThat(AccessTokensOnly.namesSomebody(List.of("a", "b"))).isFalse();
    }
}
