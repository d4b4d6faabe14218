package dev.tributary.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeError;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt of a call came to.
 *
 * @param retryAfter how long Stripe asks us to wait; null where it does not
 * @see <a href="https://docs.stripe.com/error-low-level">Stripe: advanced error handling</a>
 */
record Reply<T>(
        Kind kind,
        @Nullable T value,
        int status,
        @Nullable String type,
        @Nullable String code,
        String told,
        @Nullable Duration retryAfter) {
    private static final int MOST_CHARACTERS = 300;
    private static final Pattern KEY = Pattern.compile("\\b((?:sk|rk|pk)_(?:live|test)_)\\S+");

    enum Kind {
        DONE(false, false),
        REPLAYED(false, false),
        /** Refused for what it is. */
        REFUSED(false, false),
        /** Refused for our key: says nothing of earlier attempts. */
        DENIED(false, false),
        /** 429. */
        LIMITED(true, false),
        /** Nothing was sent. */
        UNREACHED(true, false),
        /** 409: another attempt under the same key is under way. */
        KEY_IN_USE(true, true),
        /** 5xx. */
        BROKEN(true, true),
        /** The 5xx of an earlier attempt: this key has no other answer any more. */
        SPENT(false, true),
        /** Something on the way answered in Stripe's place. */
        ODD(false, true),
        /** Sent, and no answer came. */
        SILENT(true, true);

        private final boolean again;
        private final boolean doubtful;

        Kind(boolean again, boolean doubtful) {
            this.again = again;
            this.doubtful = doubtful;
        }

        /** Whether the same may have another answer soon. */
        boolean again() {
            return again;
        }

        /** Whether the attempt may have had its effect. */
        boolean doubtful() {
            return doubtful;
        }

        /** Whether it tells the outcome of earlier attempts under the same key too. */
        boolean settles() {
            return this == DONE || this == REPLAYED || this == REFUSED;
        }
    }

    static <T> Reply<T> done(T value, HeaderKeeper seen) {
        Kind kind = seen.replayed() ? Kind.REPLAYED : Kind.DONE;
        return new Reply<>(kind, value, seen.status(), null, null, "done", null);
    }

    /** Nothing was sent, because too many calls wait already. */
    static <T> Reply<T> crowded() {
        return new Reply<>(Kind.UNREACHED, null, 0, null, null, "Too many calls of Stripe wait here", null);
    }

    static <T> Reply<T> failed(StripeException failure, HeaderKeeper seen) {
        if (failure instanceof ApiConnectionException) return unanswered(failure);
        int status = failure.getStatusCode() == null ? seen.status() : failure.getStatusCode();
        StripeError error = failure.getStripeError();
        String type = error == null ? null : error.getType();
        String told = error == null || error.getMessage() == null ? "Stripe answered " + status : error.getMessage();
        Kind kind = kind(status, seen);
        return new Reply<>(kind, null, status, type, failure.getCode(), cut(told), seen.retryAfter());
    }

    /** An answer that was no answer of Stripe's, of which at most the status is known. */
    static <T> Reply<T> unread(HeaderKeeper seen) {
        int status = seen.status();
        boolean refused = status == 401 || status == 403;
        Kind kind = refused ? Kind.DENIED : Kind.ODD;
        return new Reply<>(
                kind, null, status, null, null, "Something else answered in Stripe's place", seen.retryAfter());
    }

    private static Kind kind(int status, HeaderKeeper seen) {
        if (status == 401 || status == 403) return Kind.DENIED;
        if (status == 409) return Kind.KEY_IN_USE;
        if (status == 429) return Kind.LIMITED;
        if (status >= 400 && status < 500) return Kind.REFUSED;
        return seen.replayed() ? Kind.SPENT : Kind.BROKEN;
    }

    /** A connection that never stood, or an answer that never came: only the former is sure to have had no effect. */
    private static <T> Reply<T> unanswered(StripeException failure) {
        Throwable cause = failure.getCause();
        boolean sent = !(cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException
                || cause instanceof SocketTimeoutException timeout && connecting(timeout));
        String told = sent ? "Stripe did not answer" : "Stripe was not reached";
        return new Reply<>(sent ? Kind.SILENT : Kind.UNREACHED, null, 0, null, null, told, null);
    }

    private static boolean connecting(SocketTimeoutException timeout) {
        String message = timeout.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).startsWith("connect");
    }

    /** Stripe's words without what it repeats of our key. */
    private static String cut(String text) {
        String told = KEY.matcher(text).replaceAll("$1...");
        return told.substring(0, Math.min(told.length(), MOST_CHARACTERS));
    }
}
