package dev.tributary.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cohorts in the shape of the report. */
class CohortTableTest {
    private static final LocalDate JANUARY = LocalDate.of(2026, 1, 1);

    @Test
    void what_builds_on_the_age_before_is_added_up_and_the_rest_is_not() {
        List<CohortReport.Cohort> cohorts = new CohortTable(CohortUnit.MONTH, "EUR", LocalDate.of(2026, 3, 15))
                .cohorts(
                        List.of(
                                new CohortCell(JANUARY, 0, 10, 4, 0, 4, 4, 400),
                                new CohortCell(JANUARY, 2, 0, 1, 2, 3, 5, 300)),
                        3);

        assertThat(cohorts).extracting(CohortReport.Cohort::key).containsExactly("2026-01", "2026-02", "2026-03");
        CohortReport.Cohort january = cohorts.get(0);
        assertThat(january.converted()).isEqualTo(5);
        assertThat(january.active()).isEqualTo(3);
        assertThat(january.convertedBps()).isEqualTo(5_000);
        assertThat(january.sales()).isEqualTo(9);
        assertThat(january.revenue().amount()).isEqualTo(700);
        assertThat(january.ages()).extracting(CohortReport.Age::converted).containsExactly(4L, 4L, 5L);
        assertThat(january.ages()).extracting(CohortReport.Age::active).containsExactly(4L, 4L, 3L);
        assertThat(january.ages()).extracting(CohortReport.Age::buyers).containsExactly(4L, 0L, 3L);
        assertThat(january.ages().get(2).buyersBps()).isEqualTo(3_000);
        assertThat(cohorts.get(1).ages()).hasSize(2);
        assertThat(cohorts.get(2).convertedBps()).isNull();
    }

    @Test
    void weeks_begin_on_monday_and_cross_the_year() {
        List<CohortReport.Cohort> cohorts =
                new CohortTable(CohortUnit.WEEK, "EUR", LocalDate.of(2026, 1, 1)).cohorts(List.of(), 2);

        assertThat(cohorts).extracting(CohortReport.Cohort::key).containsExactly("2025-12-22", "2025-12-29");
        assertThat(cohorts.get(0).ages()).hasSize(2);
    }
}
