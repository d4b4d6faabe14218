package dev.tributary.conversion.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.conversion.Door;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.Kind;
import dev.tributary.money.Money;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one row of a file tells. */
class ImportRowTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private final UUID program = UUID.randomUUID();

    @Test
    void a_number_of_sales_shares_its_revenue_to_the_last_minor_unit() {
        var told = told(Map.of("externalId", "a", "amount", "1000", "conversions", "7"));
        assertThat(told.events()).hasSize(7);
        assertThat(told.events().stream().mapToLong(e -> e.amount().amount()).sum())
                .isEqualTo(1_000);
        assertThat(told.events())
                .extracting(e -> e.amount().amount())
                .containsExactly(143L, 143L, 143L, 143L, 143L, 143L, 142L);
        assertThat(told.events())
                .extracting(Incoming::externalId)
                .startsWith("a-1")
                .endsWith("a-7");
    }

    @Test
    void what_is_left_out_is_a_sale_in_the_programs_currency_now() {
        Incoming event = told(Map.of("externalId", "a", "amount", " 5 ", "kind", ""))
                .events()
                .get(0);
        assertThat(event.amount()).isEqualTo(new Money(5, "JPY"));
        assertThat(event.kind()).isEqualTo(Kind.SALE);
        assertThat(event.occurredAt()).isEqualTo(NOW);
        assertThat(event.door()).isEqualTo(Door.IMPORT);
    }

    @Test
    void a_day_is_its_noon() {
        Incoming event = told(Map.of("externalId", "a", "amount", "5", "occurredAt", "2026-11-20"))
                .events()
                .get(0);
        assertThat(event.occurredAt()).isEqualTo(Instant.parse("2026-11-20T12:00:00Z"));
    }

    @Test
    void a_refund_names_its_sale() {
        var told = told(Map.of("externalId", "r", "kind", "refund", "saleExternalId", "a"));
        assertThat(told.refund()).isNotNull();
        assertThat(told.refund().saleExternalId()).isEqualTo("a");
        assertThat(told.refund().amount()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.5", "-1", "0", "abc", "99999999999999999999", "1000000000001"})
    void an_amount_that_cannot_be_is_named(String amount) {
        assertThatThrownBy(() -> told(Map.of("externalId", "a", "amount", amount)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(ProblemKind.UNPROCESSABLE);
                    assertThat(problem.errors().get(0).field()).isEqualTo("amount.amount");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "two", "1.5"})
    void a_number_of_conversions_that_cannot_be_is_refused(String count) {
        assertThatThrownBy(() -> told(Map.of("externalId", "a", "amount", "5000", "conversions", count)))
                .isInstanceOf(Problem.class);
    }

    private ImportRow.Told told(Map<String, String> cells) {
        return new ImportRow(1, cells).told(program, "JPY", NOW);
    }
}
