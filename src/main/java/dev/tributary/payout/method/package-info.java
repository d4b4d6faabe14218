/** Where affiliates' money goes: destinations that they choose, confirm and change, kept so that nobody reads them at rest. */
@NullMarked
package dev.tributary.payout.method;

import org.jspecify.annotations.NullMarked;
