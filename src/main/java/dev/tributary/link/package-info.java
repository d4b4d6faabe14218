/** Links: the short codes that redirect, and the in-process cache that the redirect reads. */
@NullMarked
package dev.tributary.link;

import org.jspecify.annotations.NullMarked;
