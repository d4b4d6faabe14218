/** Real PostgreSQL and Redis for dev mode and tests. Never part of the production artifact. */
@NullMarked
package dev.tributary.embedded;

import org.jspecify.annotations.NullMarked;
