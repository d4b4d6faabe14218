/** Ledger: accounts, balanced journal entries that never change, balances, statements, and the checks of the books. */
@NullMarked
package dev.tributary.ledger;

import org.jspecify.annotations.NullMarked;
