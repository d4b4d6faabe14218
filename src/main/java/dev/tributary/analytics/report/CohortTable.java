package dev.tributary.analytics.report;

import dev.tributary.money.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts what was counted at each age into the report's shape: without gaps, and added up where ages build on each other. */
record CohortTable(CohortUnit unit, String currency, LocalDate today) {
    private static final CohortCell NOTHING = new CohortCell(LocalDate.EPOCH, 0, 0, 0, 0, 0, 0, 0);

    private record Place(LocalDate cohort, long age) {}

    /** So many cohorts, of which the last is today's. */
    List<CohortReport.Cohort> cohorts(List<CohortCell> cells, int count) {
        Map<Place, CohortCell> found = new HashMap<>();
        cells.forEach(cell -> found.put(new Place(cell.cohort(), cell.age()), cell));
        List<CohortReport.Cohort> cohorts = new ArrayList<>();
        for (int back = count - 1; back >= 0; back--) cohorts.add(cohort(unit.plus(unit.first(today), -back), found));
        return cohorts;
    }

    private CohortReport.Cohort cohort(LocalDate cohort, Map<Place, CohortCell> found) {
        long referrals = found.getOrDefault(new Place(cohort, 0), NOTHING).referrals();
        List<CohortReport.Age> ages = new ArrayList<>();
        long converted = 0;
        long active = 0;
        long sales = 0;
        long revenue = 0;
        for (int age = 0; age <= unit.age(cohort, today); age++) {
            CohortCell cell = found.getOrDefault(new Place(cohort, age), NOTHING);
            converted += cell.converted();
            active += cell.converted() - cell.churned();
            sales += cell.sales();
            revenue += cell.revenue();
            ages.add(new CohortReport.Age(
                    age,
                    converted,
                    active,
                    cell.buyers(),
                    Rates.bps(cell.buyers(), referrals),
                    cell.sales(),
                    new Money(cell.revenue(), currency)));
        }
        return new CohortReport.Cohort(
                unit.key(cohort),
                referrals,
                converted,
                active,
                Rates.bps(converted, referrals),
                sales,
                new Money(revenue, currency),
                ages);
    }
}
