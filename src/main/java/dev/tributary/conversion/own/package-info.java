/** What an affiliate sees of their own conversions and referrals. */
@NullMarked
package dev.tributary.conversion.own;

import org.jspecify.annotations.NullMarked;
