/** Whom to mistrust: the scores of affiliates, and what is said against conversions before they are accepted. */
@NullMarked
package dev.tributary.fraud;

import org.jspecify.annotations.NullMarked;
