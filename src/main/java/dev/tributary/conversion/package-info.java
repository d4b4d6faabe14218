/**
 * Conversions: intake, refunds, referrals, and who gets credit for them. Its doors are packages of their own (track, imports,
 * admin, own, stripe), which import this one and are imported by nothing here.
 */
@NullMarked
package dev.tributary.conversion;

import org.jspecify.annotations.NullMarked;
