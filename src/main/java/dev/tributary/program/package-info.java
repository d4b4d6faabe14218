/** Programs, the enrollments of affiliates in them, and the referral codes those take. */
@NullMarked
package dev.tributary.program;

import org.jspecify.annotations.NullMarked;
