package dev.tributary.conversion.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.JobFailed;
import dev.tributary.problem.Problem;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file may be, and what ends it. */
class ImportFileTest {
    @Test
    void a_byte_order_mark_quotes_and_missing_cells_are_read() {
        List<ImportRow> rows = file("\uFEFFexternalId,amount\r\n\"a,\"\"b\"\"\",5\r\nc\r\n", StandardCharsets.UTF_8)
                .read(10);
        assertThat(rows).extracting(ImportRow::externalId).containsExactly("a,\"b\"", "c");
        assertThat(rows.get(1).cells()).containsEntry("amount", "");
    }

    @Test
    void a_row_with_more_cells_than_columns_is_refused_alone() {
        List<ImportRow> rows = file("externalId,amount\na,1,000\nb,5\n", StandardCharsets.UTF_8)
                .read(10);
        assertThatThrownBy(() -> rows.get(0).told(UUID.randomUUID(), "EUR", Instant.EPOCH))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors().get(0).code()).isEqualTo("too_many_cells"));
        assertThat(rows.get(1).cells()).doesNotContainKey(ImportRow.MORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-16LE"})
    void another_character_set_is_not_guessed(String name) {
        assertThatThrownBy(() ->
                        file("externalId\nM\u00fcller\n", Charset.forName(name)).read(10))
                .isInstanceOf(JobFailed.class);
    }

    @Test
    void letters_of_another_character_set_end_it_and_say_where() {
        assertThatThrownBy(() -> file("externalId\nM\u00fcller\n", StandardCharsets.ISO_8859_1)
                        .read(10))
                .isInstanceOf(JobFailed.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void an_unknown_column_is_named_in_a_line_that_can_be_stored() {
        assertThatThrownBy(() -> file("externalId,a\0b" + "c".repeat(1_000) + "\n", StandardCharsets.UTF_8))
                .isInstanceOf(JobFailed.class)
                .hasMessageContaining("There is no column a bccc")
                .satisfies(failed -> assertThat(failed.getMessage()).hasSizeLessThan(400));
    }

    private static ImportFile file(String text, Charset in) {
        return new ImportFile(new ByteArrayInputStream(text.getBytes(in)));
    }
}
