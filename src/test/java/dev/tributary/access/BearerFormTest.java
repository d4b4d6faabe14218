package dev.tributary.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerFormTest {
    /** RFC 6750's token, and what a JWT adds. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_~+/-]+=*(\\.[A-Za-z0-9_-]*){0,4}");

    @Test
    void a_token_has_the_form_of_the_standards_whatever_it_is_made_of() {
        Random random = new Random(6750);
        String signs = "aZ09_-~+/==... ";
        for (int n = 0; n < 100_000; n++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(9); length > 0; length--)
                text.append(signs.charAt(random.nextInt(signs.length())));
            String token = text.toString().strip();
            boolean jwtWithoutClaims = token.chars().filter(c -> c == '.').count() == 2 && token.contains("..");
            assertThat(BearerForm.wellFormed("Bearer " + text))
                    .as(token)
                    .isEqualTo(TOKEN.matcher(token).matches() && !jwtWithoutClaims);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ??", "", "Bearer", "Digest a=b"})
    void other_schemes_are_looked_at_elsewhere(String header) {
        assertThat(BearerForm.wellFormed(header)).isTrue();
    }
}
