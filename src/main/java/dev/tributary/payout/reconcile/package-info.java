/** The books beside the providers' own lists, both ways: what is found is adopted, what differs is told until it is explained. */
@NullMarked
package dev.tributary.payout.reconcile;

import org.jspecify.annotations.NullMarked;
