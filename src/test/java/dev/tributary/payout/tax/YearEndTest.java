package dev.tributary.payout.tax;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class YearEndTest {
    private static final ZoneId PAYER = ZoneId.of("America/New_York");
    private static final UUID ANN = new UUID(1, 1);
    private static final UUID BO = new UUID(1, 2);
    private static final Instant MAY = Instant.parse("2026-05-05T12:00:00Z");
    private static final W9 CORPORATION = Papers.w9(f -> {
        f.classification = Classification.S_CORPORATION;
        f.tin = new Tin(TinKind.EIN, "123456789");
        return f;
    });

    @Test
    void the_threshold_is_that_of_the_year_of_payment() {
        assertThat(Thresholds.LAW.of(2020)).isEqualTo(60_000);
        assertThat(Thresholds.LAW.of(2025)).isEqualTo(60_000);
        assertThat(Thresholds.LAW.of(2026)).isEqualTo(200_000);
        assertThat(Thresholds.LAW.of(2030)).isEqualTo(200_000);
        Thresholds indexed = Thresholds.LAW.with(2027, 205_000);
        assertThat(indexed.of(2026)).isEqualTo(200_000);
        assertThat(indexed.of(2028)).isEqualTo(205_000);
    }

    @Test
    void a_cent_under_the_threshold_is_not_reported_and_the_threshold_is() {
        assertThat(only(Papers.w9(), pay(ANN, "manual", 199_999, 0)).treatment())
                .isEqualTo(Treatment.UNDER_THRESHOLD);
        assertThat(only(Papers.w9(), pay(ANN, "manual", 200_000, 0)).treatment())
                .isEqualTo(Treatment.NEC);
    }

    @Test
    void the_sum_over_the_payers_own_rails_counts_and_the_processors_do_not() {
        List<YearLine> lines = lines(
                Papers.w9(),
                pay(ANN, "manual", 150_000, 0),
                pay(ANN, "circle", 50_000, 0),
                pay(ANN, "stripe", 900_000, 0));
        assertThat(lines)
                .containsExactly(
                        new YearLine(ANN, "circle", "USD", 50_000, 0, Treatment.NEC),
                        new YearLine(ANN, "manual", "USD", 150_000, 0, Treatment.NEC),
                        new YearLine(ANN, "stripe", "USD", 900_000, 0, Treatment.PROCESSOR));
        assertThat(lines(Papers.w9(), pay(ANN, "manual", 150_000, 0), pay(ANN, "stripe", 900_000, 0)))
                .first()
                .extracting(YearLine::treatment)
                .isEqualTo(Treatment.UNDER_THRESHOLD);
    }

    @Test
    void whoever_had_tax_withheld_gets_a_form_whatever_the_sum() {
        assertThat(only(Papers.w9(), pay(ANN, "manual", 10_000, 2_400)).treatment())
                .isEqualTo(Treatment.NEC);
        assertThat(only(CORPORATION, pay(ANN, "manual", 10_000, 2_400)).treatment())
                .isEqualTo(Treatment.NEC);
        assertThat(only(null, pay(ANN, "manual", 10_000, 2_400)).treatment()).isEqualTo(Treatment.FORM_MISSING);
    }

    @Test
    void corporations_and_foreigners_are_not_reported_and_strangers_are_asked_for_a_form() {
        assertThat(only(CORPORATION, pay(ANN, "manual", 900_000, 0)).treatment())
                .isEqualTo(Treatment.EXEMPT);
        assertThat(only(Papers.w8(), pay(ANN, "manual", 900_000, 0)).treatment())
                .isEqualTo(Treatment.FOREIGN);
        assertThat(only(null, pay(ANN, "manual", 900_000, 0)).treatment()).isEqualTo(Treatment.FORM_MISSING);
        Payment euros = new Payment(ANN, "manual", MAY, 900_000, 0, "EUR");
        assertThat(only(Papers.w9(), euros).treatment()).isEqualTo(Treatment.OTHER_CURRENCY);
    }

    @Test
    void the_year_is_that_where_the_payer_is() {
        YearEnd year = year();
        year.add(new Payment(ANN, "manual", Instant.parse("2026-01-01T04:59:59Z"), 1, 0, "USD"));
        year.add(new Payment(ANN, "manual", Instant.parse("2026-01-01T05:00:00Z"), 10, 0, "USD"));
        year.add(new Payment(ANN, "manual", Instant.parse("2027-01-01T04:59:59Z"), 100, 0, "USD"));
        year.add(new Payment(ANN, "manual", Instant.parse("2027-01-01T05:00:00Z"), 1_000, 0, "USD"));

        assertThat(year.lines(id -> Optional.empty()))
                .extracting(YearLine::paidMinor)
                .containsExactly(110L);
    }

    @Test
    void all_lines_sum_to_all_payments_of_the_year_whatever_they_are() {
        long seed = Long.getLong("seed", 20261121L);
        for (int n = 0; n < 500; n++) {
            Random random = new Random(seed + n);
            YearEnd year = year();
            long paid = 0;
            long withheld = 0;
            for (int i = 0; i < random.nextInt(50); i++) {
                long gross = random.nextLong(100_000);
                Payment each = new Payment(
                        new UUID(1, random.nextInt(5)),
                        List.of("manual", "stripe", "circle").get(random.nextInt(3)),
                        MAY,
                        gross,
                        random.nextInt(4) == 0 ? gross * 24 / 100 : 0,
                        random.nextInt(5) == 0 ? "EUR" : "USD");
                year.add(each);
                paid += each.grossMinor();
                withheld += each.withheldMinor();
            }
            List<TaxForm> forms = new ArrayList<>(List.of(Papers.w9(), Papers.w8(), CORPORATION));
            List<YearLine> lines = year.lines(id -> id.getLeastSignificantBits() < 3
                    ? Optional.of(forms.get((int) id.getLeastSignificantBits()).facts())
                    : Optional.empty());
            assertThat(lines.stream().mapToLong(YearLine::paidMinor).sum()).isEqualTo(paid);
            assertThat(lines.stream().mapToLong(YearLine::withheldMinor).sum()).isEqualTo(withheld);
        }
    }

    @Test
    void the_export_has_the_boxes_of_the_form_and_no_formula() {
        NecRow.Payer payer = new NecRow.Payer("Shop Inc", "12-3456789", Papers.SPRINGFIELD, "+1 555 0100");
        NecRow row = new NecRow(
                2026,
                payer,
                Optional.of(Papers.w9(f -> {
                    f.businessName = "=cmd()";
                    return f;
                })),
                "aff_1",
                "manual",
                200_005,
                48_001);
        String[] cells = NecRow.CSV.rows(List.of(row)).strip().split(",");

        assertThat(cells).hasSameSizeAs(NecRow.CSV.columns());
        assertThat(Map.of(
                        "tin", cells[12],
                        "second", cells[14],
                        "box1", cells[22],
                        "box4", cells[23]))
                .isEqualTo(Map.of("tin", "536-22-1234", "second", "'=cmd()", "box1", "2000.05", "box4", "480.01"));
        assertThat(row.toString()).doesNotContain("1234");
        assertThat(NecRow.dollars(7)).isEqualTo("0.07");
    }

    private static YearEnd year() {
        return new YearEnd(2026, PAYER, Thresholds.LAW, Set.of("stripe"));
    }

    private static Payment pay(UUID affiliate, String rail, long gross, long withheld) {
        return new Payment(affiliate, rail, MAY, gross, withheld, "USD");
    }

    private static YearLine only(@org.jspecify.annotations.Nullable TaxForm form, Payment payment) {
        return lines(form, payment, pay(BO, "manual", 1, 0)).get(0);
    }

    private static List<YearLine> lines(@org.jspecify.annotations.Nullable TaxForm form, Payment... payments) {
        YearEnd year = year();
        for (Payment payment : payments) year.add(payment);
        return year.lines(id -> id.equals(ANN) ? Optional.ofNullable(form).map(TaxForm::facts) : Optional.empty());
    }
}
