/** Conversions: intake, refunds, referrals, and who gets credit for them. */
@NullMarked
package dev.tributary.conversion;

import org.jspecify.annotations.NullMarked;
