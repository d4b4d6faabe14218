package dev.tributary.access;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How many requests a caller may make to an operation, or to all operations of a resource that name the same policy,
 * together. Counted for each API key, else for each account, else for each network (/24, /48) of strangers. Every answer
 * tells how much is left; above it the answer is 429.
 */
@NameBinding
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface RateLimited {
    /** Lower-case letters, digits and hyphens; operations with the same name and window share one count. */
    String policy() default "default";

    int limit() default 100;

    /** From the caller's first request on. */
    int windowSeconds() default 3_600;
}
