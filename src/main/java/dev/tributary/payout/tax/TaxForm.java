package dev.tributary.payout.tax;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** A form as it was given and signed, checked when it was made. */
public sealed interface TaxForm permits W9, W8Ben {
    FormKind kind();

    /** Whose it is, as the tax office knows them. */
    String name();

    PostalAddress address();

    Signature signature();

    Optional<Tin> tin();

    /** The last day on which it holds; empty where it holds until something changes. */
    Optional<LocalDate> lastDay(ZoneId payer);

    /** Whether tax must be withheld from what is paid on it. */
    boolean isSubjectToBackupWithholding();

    /** Whether what is paid on it is reported on a 1099. */
    boolean isReported();

    default FormFacts facts() {
        return new FormFacts(kind(), isSubjectToBackupWithholding(), isReported());
    }

    default boolean isExpired(LocalDate today, ZoneId payer) {
        return lastDay(payer).filter(today::isAfter).isPresent();
    }
}
