package dev.tributary.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1+2", "@x", "\tx", "\rx", "-", "＝1"})
    void a_formula_is_made_text(String cell) {
        assertThat(Csv.harmless(cell)).isEqualTo("'" + cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "-1", "-1.50", "12", "a=b"})
    void what_is_no_formula_stays(String cell) {
        assertThat(Csv.harmless(cell)).isEqualTo(cell);
    }

    @Test
    void quotes_commas_and_line_breaks_are_quoted() {
        Csv<String> csv = new Csv<>(List.of("a", "b"), x -> List.of(x, "y,\"z\"\n"));
        assertThat(csv.header() + csv.rows(List.of("x"))).isEqualTo("a,b\r\nx,\"y,\"\"z\"\"\n\"\r\n");
    }
}
