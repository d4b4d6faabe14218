package dev.tributary.program;

import org.jspecify.annotations.Nullable;

/**
 * An enrollment with what its affiliate sees beside it.
 *
 * @param agreement how it stands to the valid terms, or null where the program has none
 */
record Membership(Enrollment enrollment, String programName, String currency, @Nullable AgreementState agreement) {}
