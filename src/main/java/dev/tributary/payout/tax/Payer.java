package dev.tributary.payout.tax;

import dev.tributary.problem.FieldErrors;

/**
 * A program's company, as the tax office knows it.
 *
 * @param ein with its hyphen
 * @param withholds whether it keeps back what the law asks for where a form is missing or says so
 */
record Payer(String name, String ein, PostalAddress address, String phone, boolean withholds) {
    private static final int PHONE = 50;

    Payer checked() {
        FieldErrors errors = new FieldErrors();
        Lines.check(errors, "name", name, true);
        address.check(errors, "address.");
        errors.require(
                        Tin.parse(TinKind.EIN, ein)
                                .filter(tin -> tin.formatted().equals(ein))
                                .isPresent(),
                        "ein",
                        "malformed",
                        "ein is an employer number such as 12-3456789")
                .require(
                        phone.length() <= PHONE && phone.chars().noneMatch(Character::isISOControl),
                        "phone",
                        "malformed",
                        "phone has at most 50 characters")
                .done();
        return this;
    }

    NecRow.Payer onForms() {
        return new NecRow.Payer(name, ein, address, phone);
    }
}
