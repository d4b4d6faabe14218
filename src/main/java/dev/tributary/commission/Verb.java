package dev.tributary.commission;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What staff can do with a commission. */
@Schema(
        name = "CommissionVerb",
        enumeration = {"approve", "hold", "reject"})
public enum Verb {
    /** Payable from now on, also before its hold period is over and where it was held. */
    APPROVE,
    /** Not payable until staff approve it. */
    HOLD,
    /** Refused for good. */
    REJECT;

    /** The word in JSON. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Verb of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** 409 where its status does not allow it. */
    Move on(Commission commission, Instant now, String why) {
        if (commission.source().kind().equals(Commission.Source.ADJUSTMENT))
            throw new Problem(ProblemKind.CONFLICT, "An adjustment is taken back by another adjustment");
        boolean may =
                switch (this) {
                    case APPROVE -> commission.status().mayApprove();
                    case HOLD -> commission.status().mayHold();
                    case REJECT -> commission.status().mayReject();
                };
        if (!may)
            throw new Problem(
                    ProblemKind.CONFLICT,
                    "A commission that is %s cannot be %s"
                            .formatted(commission.status().word(), done()));
        String memo = why.substring(0, Math.min(why.length(), LONGEST_MEMO));
        return switch (this) {
            case APPROVE -> Move.approve(commission, now);
            case HOLD -> Move.hold(commission, now, memo);
            case REJECT -> Move.reject(commission, now, memo);
        };
    }

    private static final int LONGEST_MEMO = 200;

    private String done() {
        return switch (this) {
            case APPROVE -> "approved";
            case HOLD -> "held";
            case REJECT -> "rejected";
        };
    }
}
