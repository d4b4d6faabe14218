/** The problem kinds, each with its status and stable code, and their one renderer (RFC 9457). */
@NullMarked
package dev.tributary.problem;

import org.jspecify.annotations.NullMarked;
