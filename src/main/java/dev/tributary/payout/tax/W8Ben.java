package dev.tributary.payout.tax;

import dev.tributary.problem.FieldErrors;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A foreign person's certificate of who owns the income, all lines of it.
 *
 * @param name line 1
 * @param citizenship line 2, ISO 3166-1 alpha-2
 * @param address line 3: of permanent residence, no post box
 * @param mailingAddress line 4, or null where it is the same
 * @param usTaxpayer line 5, or null
 * @param foreignTaxNumber line 6a, or empty
 * @param foreignTaxNumberNotRequired line 6b
 * @param reference line 7, or empty
 * @param bornOn line 8
 * @param treaty part II, or null where none is claimed
 * @param signature part III
 * @see <a href="https://www.irs.gov/pub/irs-pdf/fw8ben.pdf">Form W-8BEN (Rev. 10-2021)</a>
 */
public record W8Ben(
        String name,
        String citizenship,
        PostalAddress address,
        @Nullable PostalAddress mailingAddress,
        @Nullable Tin usTaxpayer,
        String foreignTaxNumber,
        boolean foreignTaxNumberNotRequired,
        String reference,
        LocalDate bornOn,
        @Nullable Treaty treaty,
        Signature signature)
        implements TaxForm {
    private static final LocalDate OLDEST = LocalDate.of(1900, 1, 1);
    /** A contract of somebody younger does not bind them. */
    private static final int OF_AGE = 18;

    /** Throws a problem that names every field that cannot be so. */
    public W8Ben checked(LocalDate today) {
        FieldErrors errors = new FieldErrors();
        Lines.check(errors, "name", name, true);
        Lines.check(errors, "reference", reference, false);
        residence(errors);
        numbers(errors);
        errors.require(
                !bornOn.isBefore(OLDEST) && !bornOn.isAfter(today.minusYears(OF_AGE)),
                "bornOn",
                "out_of_range",
                "bornOn is after 1899 and at least 18 years ago");
        if (treaty != null) treaty.check(errors, address.country());
        signature.check(errors, name);
        errors.done();
        return this;
    }

    private void residence(FieldErrors errors) {
        errors.require(
                        Countries.isCountry(citizenship),
                        "citizenship",
                        "malformed",
                        "citizenship is an ISO 3166-1 code such as DE")
                .require(
                        !citizenship.equals(PostalAddress.US),
                        "citizenship",
                        "us_person",
                        "A citizen of the United States gives a W-9")
                .require(
                        !address.country().equals(PostalAddress.US),
                        "address.country",
                        "us_person",
                        "Who lives in the United States gives a W-9")
                .require(!address.isPostBox(), "address.line1", "post_box", "A residence is not a post box");
        address.check(errors, "address.");
        if (mailingAddress != null) mailingAddress.check(errors, "mailingAddress.");
    }

    private void numbers(FieldErrors errors) {
        errors.require(
                        foreignTaxNumber.matches("(?:[\\p{L}\\p{N}][\\p{L}\\p{N} ./-]{0,49})?"),
                        "foreignTaxNumber",
                        "malformed",
                        "foreignTaxNumber is 1 to 50 of letters, digits, blanks, . / and -")
                .require(
                        foreignTaxNumber.isEmpty() || !foreignTaxNumberNotRequired,
                        "foreignTaxNumberNotRequired",
                        "contradiction",
                        "There is a number, and it is said that none is required")
                .require(
                        !foreignTaxNumber.isEmpty() || foreignTaxNumberNotRequired || usTaxpayer != null,
                        "foreignTaxNumber",
                        "required",
                        "Give a tax number, or say that none is required where you live")
                .require(
                        usTaxpayer == null || usTaxpayer.kind() != TinKind.EIN,
                        "usTaxpayerNumber",
                        "other_kind",
                        "A person has an SSN or an ITIN")
                .require(
                        treaty == null || usTaxpayer != null || !foreignTaxNumber.isEmpty(),
                        "treaty",
                        "number_needed",
                        "A treaty is claimed with a tax number");
    }

    @Override
    public FormKind kind() {
        return FormKind.W8BEN;
    }

    @Override
    public Optional<Tin> tin() {
        return Optional.ofNullable(usTaxpayer);
    }

    @Override
    public Optional<LocalDate> lastDay(ZoneId payer) {
        return kind().lastDay(signature.at(), payer);
    }

    @Override
    public boolean isSubjectToBackupWithholding() {
        return false;
    }

    @Override
    public boolean isReported() {
        return false;
    }

    /** Neither name nor numbers stand in a log. */
    @Override
    public String toString() {
        return kind().word();
    }
}
