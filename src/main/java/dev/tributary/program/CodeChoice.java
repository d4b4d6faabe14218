package dev.tributary.program;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import org.jspecify.annotations.Nullable;

/** How the referral code of a new enrollment is found. Each takes it for good in the caller's transaction. */
sealed interface CodeChoice {
    Uni<String> take(ReferralCodes codes, SqlConnection tx, Program program);

    /** Staff chose it: 409 where it is taken. */
    record Firm(String code) implements CodeChoice {
        @Override
        public Uni<String> take(ReferralCodes codes, SqlConnection tx, Program program) {
            return codes.reserve(tx, code).replaceWith(code);
        }
    }

    /** An invitation has taken it already. */
    record Held(String code) implements CodeChoice {
        @Override
        public Uni<String> take(ReferralCodes codes, SqlConnection tx, Program program) {
            return Uni.createFrom().item(code);
        }
    }

    /** It was asked for; another like it serves where it is taken by now. */
    record Wanted(String code) implements CodeChoice {
        @Override
        public Uni<String> take(ReferralCodes codes, SqlConnection tx, Program program) {
            return codes.reserveOneOf(tx, codes.like(code));
        }
    }

    /** Nobody chose one. */
    record Any() implements CodeChoice {
        @Override
        public Uni<String> take(ReferralCodes codes, SqlConnection tx, Program program) {
            return codes.reserveOneOf(tx, codes.of(program));
        }
    }

    /** What staff chose comes before what was asked for. */
    static CodeChoice of(@Nullable String chosen, @Nullable String wanted) {
        if (chosen != null) return new Firm(chosen);
        return wanted == null ? new Any() : new Wanted(wanted);
    }
}
