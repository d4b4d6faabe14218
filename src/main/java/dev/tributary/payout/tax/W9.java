package dev.tributary.payout.tax;

import dev.tributary.problem.FieldErrors;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A US person's request for and certification of their taxpayer number, all lines of it.
 *
 * @param name line 1
 * @param businessName line 2, or empty
 * @param classification line 3a
 * @param otherClassification line 3a's words where it is {@code OTHER}, or empty
 * @param foreignOwners line 3b
 * @param exemptPayeeCode line 4: 1 to 13, or empty
 * @param fatcaCode line 4: A to M, or empty
 * @param address lines 5 and 6
 * @param accountNumbers line 7, or empty
 * @param taxpayer part I; null is reported to the caller as missing
 * @param notifiedOfWithholding whether item 2 of part II is crossed out: the IRS told them that tax must be withheld
 * @param signature part II
 * @see <a href="https://www.irs.gov/pub/irs-pdf/fw9.pdf">Form W-9 (Rev. 3-2024)</a>
 */
public record W9(
        String name,
        String businessName,
        Classification classification,
        String otherClassification,
        boolean foreignOwners,
        String exemptPayeeCode,
        String fatcaCode,
        PostalAddress address,
        String accountNumbers,
        @Nullable Tin taxpayer,
        boolean notifiedOfWithholding,
        Signature signature)
        implements TaxForm {

    /** Throws a problem that names every field that cannot be so. */
    public W9 checked() {
        FieldErrors errors = new FieldErrors();
        Lines.check(errors, "name", name, true);
        Lines.check(errors, "businessName", businessName, false);
        Lines.check(errors, "accountNumbers", accountNumbers, false);
        classification(errors);
        codes(errors);
        address.check(errors, "address.");
        errors.require(
                        address.country().equals(PostalAddress.US) || classification == Classification.INDIVIDUAL,
                        "address.country",
                        "not_us",
                        "The address of a US company is in the US")
                .require(
                        taxpayer != null,
                        "taxpayerNumber",
                        "malformed",
                        "taxpayerNumber is nine digits that the tax office gave out")
                .require(
                        taxpayer == null || classification.mayHave(taxpayer.kind()),
                        "taxpayerNumber",
                        "other_kind",
                        "A company has an employer number (EIN)");
        signature.check(errors, name);
        errors.done();
        return this;
    }

    private void classification(FieldErrors errors) {
        boolean other = classification == Classification.OTHER;
        Lines.check(errors, "otherClassification", otherClassification, other);
        boolean owned =
                switch (classification) {
                    case PARTNERSHIP, LLC_PARTNERSHIP, TRUST_OR_ESTATE -> true;
                    default -> false;
                };
        errors.require(
                        other || otherClassification.isEmpty(),
                        "otherClassification",
                        "not_applicable",
                        "otherClassification is for those who are nothing in the list")
                .require(
                        owned || !foreignOwners,
                        "foreignOwners",
                        "not_applicable",
                        "Only partnerships, trusts and estates have foreign partners, owners or beneficiaries");
    }

    private void codes(FieldErrors errors) {
        errors.require(
                        exemptPayeeCode.matches("(?:[1-9]|1[0-3])?"),
                        "exemptPayeeCode",
                        "out_of_range",
                        "exemptPayeeCode is 1 to 13")
                .require(fatcaCode.matches("[A-M]?"), "fatcaCode", "out_of_range", "fatcaCode is A to M")
                .require(
                        exemptPayeeCode.isEmpty() || classification != Classification.INDIVIDUAL,
                        "exemptPayeeCode",
                        "not_applicable",
                        "Individuals are not exempt");
    }

    @Override
    public FormKind kind() {
        return FormKind.W9;
    }

    @Override
    public Optional<Tin> tin() {
        return Optional.ofNullable(taxpayer);
    }

    @Override
    public Optional<LocalDate> lastDay(ZoneId payer) {
        return Optional.empty();
    }

    @Override
    public boolean isSubjectToBackupWithholding() {
        return notifiedOfWithholding && exemptPayeeCode.isEmpty();
    }

    @Override
    public boolean isReported() {
        return !classification.isCorporation() && exemptPayeeCode.isEmpty();
    }

    /** Neither name nor numbers stand in a log. */
    @Override
    public String toString() {
        return kind().word();
    }
}
