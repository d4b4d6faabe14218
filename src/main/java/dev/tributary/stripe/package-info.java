/** What Stripe tells: the signature check and the inbox, in which each event has one effect. */
@NullMarked
package dev.tributary.stripe;

import org.jspecify.annotations.NullMarked;
