/** Ids: UUIDv7 in the database, TypeIDs outside. */
@NullMarked
package dev.tributary.id;

import org.jspecify.annotations.NullMarked;
