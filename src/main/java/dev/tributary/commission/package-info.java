/** What is owed for conversions: rules, the arithmetic of each commission, and the entries that follow in the ledger. */
@NullMarked
package dev.tributary.commission;

import org.jspecify.annotations.NullMarked;
