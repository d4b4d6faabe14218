package dev.tributary.payout.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.payout.Candidate.Paper;
import dev.tributary.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TaxFormTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Tin EIN = new Tin(TinKind.EIN, "123456789");

    @Test
    void a_form_that_is_filled_in_well_is_taken() {
        assertThat(Papers.w9().checked().tin()).isPresent();
        assertThat(Papers.w8().checked(TODAY).tin()).isEmpty();
    }

    @Test
    void which_form_follows_from_country_and_person() {
        assertThat(FormKind.of("US", false, false)).isEqualTo(FormKind.W9);
        assertThat(FormKind.of("US", false, true)).isEqualTo(FormKind.W9);
        assertThat(FormKind.of("DE", true, false)).as("a citizen abroad").isEqualTo(FormKind.W9);
        assertThat(FormKind.of("DE", false, false)).isEqualTo(FormKind.W8BEN);
        assertThat(FormKind.of("DE", false, true)).isEqualTo(FormKind.W8BEN_E);
    }

    @Test
    void a_w9_names_every_field_that_cannot_be_so() {
        assertThat(w9(f -> f.name = " ")).contains("name");
        assertThat(w9(f -> f.name = "a\nb")).contains("name");
        assertThat(w9(f -> f.tin = null)).containsExactly("taxpayerNumber");
        assertThat(w9(f -> f.classification = Classification.C_CORPORATION)).containsExactly("taxpayerNumber");
        assertThat(w9(f -> f.classification = Classification.OTHER)).containsExactly("otherClassification");
        assertThat(w9(f -> f.otherClassification = "club")).containsExactly("otherClassification");
        assertThat(w9(f -> f.foreignOwners = true)).containsExactly("foreignOwners");
        assertThat(w9(f -> f.exemptPayeeCode = "14")).contains("exemptPayeeCode");
        assertThat(w9(f -> f.exemptPayeeCode = "5")).as("a person").containsExactly("exemptPayeeCode");
        assertThat(w9(f -> f.fatcaCode = "N")).containsExactly("fatcaCode");
        assertThat(w9(f -> f.signedBy = "Bo Other")).containsExactly("signature.name");
        assertThat(w9(f -> f.agreed = false)).containsExactly("signature.agreed");
        assertThat(w9(f -> f.address = new PostalAddress("1 Main", "", "X", "ZZ", "1", "US")))
                .containsExactly("address.region", "address.postalCode");
        assertThat(w9(f -> f.address = new PostalAddress("", "", "", "", "", "XX")))
                .containsExactly("address.line1", "address.city", "address.country");
    }

    @Test
    void a_w9_of_a_company_is_signed_by_somebody_for_it() {
        assertThat(w9(f -> {
                    f.name = "Shop Inc";
                    f.classification = Classification.C_CORPORATION;
                    f.tin = EIN;
                    f.exemptPayeeCode = "5";
                    f.signedBy = "Ann Example";
                    f.capacity = "director";
                }))
                .isEmpty();
        assertThat(w9(f -> {
                    f.classification = Classification.LLC_PARTNERSHIP;
                    f.tin = EIN;
                    f.foreignOwners = true;
                }))
                .isEmpty();
        assertThat(w9(f -> f.signedBy = " ann  EXAMPLE ")).isEmpty();
    }

    @Test
    void a_w8ben_names_every_field_that_cannot_be_so() {
        assertThat(w8(f -> f.citizenship = "US")).containsExactly("citizenship");
        assertThat(w8(f -> f.citizenship = "Germany")).containsExactly("citizenship");
        assertThat(w8(f -> f.address = Papers.SPRINGFIELD)).containsExactly("address.country");
        for (String box : List.of("P.O. Box 12", "PO BOX 12", "Post Office Box 12", "Postfach 12"))
            assertThat(w8(f -> f.address = new PostalAddress(box, "", "Berlin", "", "", "DE")))
                    .as(box)
                    .containsExactly("address.line1");
        assertThat(w8(f -> f.mailing = new PostalAddress("P.O. Box 12", "", "Berlin", "", "", "DE")))
                .isEmpty();
        assertThat(w8(f -> f.foreignNumber = "")).containsExactly("foreignTaxNumber");
        assertThat(w8(f -> f.noForeignNumber = true)).containsExactly("foreignTaxNumberNotRequired");
        assertThat(w8(f -> f.tin = EIN)).containsExactly("usTaxpayerNumber");
        assertThat(w8(f -> f.bornOn = TODAY.minusYears(18).plusDays(1))).containsExactly("bornOn");
        assertThat(w8(f -> f.bornOn = TODAY.minusYears(18))).isEmpty();
        assertThat(w8(f -> f.bornOn = LocalDate.of(1899, 12, 31))).containsExactly("bornOn");
        assertThat(w8(f -> {
                    f.foreignNumber = "";
                    f.noForeignNumber = true;
                }))
                .isEmpty();
    }

    @Test
    void a_treaty_is_claimed_with_its_own_country_and_a_number() {
        assertThat(w8(f -> f.treaty = new Treaty("DE", "VII", 0, "services", "no office there")))
                .isEmpty();
        assertThat(w8(f -> f.treaty = new Treaty("FR", "VII", 0, "services", "no office there")))
                .containsExactly("treaty.country");
        assertThat(w8(f -> f.treaty = new Treaty("BR", "", 3_000, "", "")))
                .containsExactly(
                        "treaty.country",
                        "treaty.country",
                        "treaty.rateBps",
                        "treaty.article",
                        "treaty.income",
                        "treaty.explanation");
        assertThat(w8(f -> {
                    f.treaty = new Treaty("DE", "VII", 0, "services", "no office there");
                    f.foreignNumber = "";
                    f.noForeignNumber = true;
                }))
                .containsExactly("treaty");
    }

    @Test
    void a_w8ben_holds_until_the_end_of_the_third_year_after_it_was_signed() {
        W8Ben signed = Papers.w8();
        assertThat(signed.lastDay(ZoneOffset.UTC)).contains(LocalDate.of(2029, 12, 31));
        assertThat(signed.isExpired(LocalDate.of(2029, 12, 31), ZoneOffset.UTC)).isFalse();
        assertThat(signed.isExpired(LocalDate.of(2030, 1, 1), ZoneOffset.UTC)).isTrue();
        assertThat(Papers.w9().isExpired(LocalDate.of(2100, 1, 1), ZoneOffset.UTC))
                .isFalse();
        W8Ben newYear = new W8Ben(
                signed.name(),
                "DE",
                Papers.BERLIN,
                null,
                null,
                "1",
                false,
                "",
                signed.bornOn(),
                null,
                new Signature("Ann Example", "", true, Instant.parse("2027-01-01T04:59:59Z")));
        assertThat(newYear.lastDay(NEW_YORK))
                .as("still 2026 where the payer is")
                .contains(LocalDate.of(2029, 12, 31));
        assertThat(newYear.lastDay(ZoneOffset.UTC)).contains(LocalDate.of(2030, 12, 31));
    }

    @Test
    void papers_stand_as_the_form_and_the_day_say() {
        Optional<TaxForm> w8 = Optional.of(Papers.w8());
        LocalDate late = LocalDate.of(2030, 1, 1);
        assertThat(Paper.of(false, Optional.empty(), false, TODAY, NEW_YORK)).isEqualTo(Paper.NOT_NEEDED);
        assertThat(Paper.of(true, Optional.empty(), false, TODAY, NEW_YORK)).isEqualTo(Paper.MISSING);
        assertThat(Paper.of(true, w8, false, TODAY, NEW_YORK)).isEqualTo(Paper.GIVEN);
        assertThat(Paper.of(true, w8, true, TODAY, NEW_YORK)).isEqualTo(Paper.VERIFIED);
        assertThat(Paper.of(true, w8, true, late, NEW_YORK)).isEqualTo(Paper.EXPIRED);
    }

    @Test
    void tax_is_withheld_where_the_form_or_the_tax_office_says_so_and_where_there_is_no_form() {
        Optional<FormFacts> none = Optional.empty();
        Optional<FormFacts> good = Optional.of(Papers.w9().facts());
        Optional<FormFacts> notified = Optional.of(Papers.w9(f -> {
                    f.notified = true;
                    return f;
                })
                .facts());
        Optional<FormFacts> foreign = Optional.of(Papers.w8().facts());

        assertThat(Withholding.BACKUP.of(none, false)).isEqualTo(2_400);
        assertThat(Withholding.BACKUP.of(good, false)).isZero();
        assertThat(Withholding.BACKUP.of(good, true)).isEqualTo(2_400);
        assertThat(Withholding.BACKUP.of(notified, false)).isEqualTo(2_400);
        assertThat(Withholding.BACKUP.of(foreign, true)).isZero();
        assertThat(Withholding.OFF.of(none, true)).isZero();
    }

    @Test
    void what_staff_see_has_the_last_four_and_no_birthday() {
        RedactedForm w9 = RedactedForm.of(Papers.w9(), NEW_YORK);
        RedactedForm w8 = RedactedForm.of(Papers.w8(), NEW_YORK);

        assertThat(w9.taxpayerNumberLastFour()).isEqualTo("1234");
        assertThat(w9.toString()).doesNotContain("536221234").doesNotContain("53622");
        assertThat(w8.foreignTaxNumberLastFour()).isEqualTo("8901");
        assertThat(w8.toString()).doesNotContain("12 345").doesNotContain("1990");
        assertThat(w8.lastDay()).isEqualTo("2029-12-31");
        assertThat(Papers.w8().toString()).isEqualTo("w8ben");
        assertThat(Papers.w9().toString()).isEqualTo("w9");
    }

    private static List<String> w9(Consumer<Papers.Fields> change) {
        return errors(() -> Papers.w9(with(change)).checked());
    }

    private static List<String> w8(Consumer<Papers.Fields> change) {
        return errors(() -> Papers.w8(with(change)).checked(TODAY));
    }

    private static UnaryOperator<Papers.Fields> with(Consumer<Papers.Fields> change) {
        return fields -> {
            change.accept(fields);
            return fields;
        };
    }

    private static List<String> errors(Runnable check) {
        Problem problem = catchThrowableOfType(Problem.class, check::run);
        return problem == null
                ? List.of()
                : problem.errors().stream().map(error -> error.field()).toList();
    }
}
