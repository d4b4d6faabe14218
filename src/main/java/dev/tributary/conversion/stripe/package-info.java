/** What Stripe's events mean for conversions: payments, refunds, disputes and customers that leave. One file a kind. */
@NullMarked
package dev.tributary.conversion.stripe;

import org.jspecify.annotations.NullMarked;
