/** Tax papers of affiliates: W-9 and W-8BEN, what is withheld, and what is reported at the end of a year. */
@NullMarked
package dev.tributary.payout.tax;

import org.jspecify.annotations.NullMarked;
