/**
 * The click journal: an append-only, group-committed log of segment files on local disk.
 *
 * <p>It knows nothing of clicks; records are bytes.
 */
@NullMarked
package dev.tributary.click.journal;

import org.jspecify.annotations.NullMarked;
