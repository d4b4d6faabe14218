package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSheetTest {
    @Test
    void a_run_is_told_by_currency_and_by_reason() {
        RunSheet sheet = new RunSheet();
        Approval person = new Approval(1, List.of(Approval.Reason.OVER_LIMIT));
        sheet.pay(new Amounts(1_000, 20, 240, "USD"), new Approval(0, List.of()));
        sheet.pay(new Amounts(5_000, 20, 0, "USD"), person);
        sheet.pay(new Amounts(300, 0, 0, "JPY"), person);
        sheet.leaveOut(List.of(Bar.UNDER_MINIMUM));
        sheet.leaveOut(List.of(Bar.UNDER_MINIMUM, Bar.TAX_FORM_MISSING));

        assertThat(sheet.paid())
                .isEqualTo(Map.of("USD", new RunSheet.Sum(2, 6_000, 40, 240), "JPY", new RunSheet.Sum(1, 300, 0, 0)));
        assertThat(sheet.barred()).isEqualTo(Map.of(Bar.UNDER_MINIMUM, 2L, Bar.TAX_FORM_MISSING, 1L));
        assertThat(sheet.told().lines())
                .containsExactly(
                        "5 looked at, 3 paid, 2 of them after somebody approves, 2 left out",
                        "JPY: 1 payouts, 300 minor units, of which 0 fees, 0 withheld, 300 sent",
                        "USD: 2 payouts, 6000 minor units, of which 40 fees, 240 withheld, 5720 sent",
                        "under_minimum: 2",
                        "tax_form_missing: 1");
    }
}
