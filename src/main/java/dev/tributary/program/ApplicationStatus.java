package dev.tributary.program;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where an application stands. It waits ({@code SUBMITTED} for us, {@code MORE_INFO} for the applicant) until it is decided
 * or withdrawn, which is for good: who is turned down may apply again, with another application.
 */
@Schema(name = "ApplicationStatus")
public enum ApplicationStatus {
    SUBMITTED,
    MORE_INFO,
    APPROVED,
    REJECTED,
    WITHDRAWN;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ApplicationStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether somebody still has to do something about it. */
    boolean waits() {
        return this == SUBMITTED || this == MORE_INFO;
    }

    boolean may(ApplicationStatus next) {
        return switch (this) {
            case SUBMITTED -> next != SUBMITTED;
            // It comes back when the applicant has answered; asking twice only changes what is asked.
            case MORE_INFO -> true;
            case APPROVED, REJECTED, WITHDRAWN -> false;
        };
    }

    /** 409 where this is not lawful. */
    void require(ApplicationStatus next) {
        if (!may(next))
            throw new Problem(
                    ProblemKind.CONFLICT, "This application is %s and cannot become %s".formatted(word(), next.word()));
    }

    /** Those that staff lead to. */
    static Set<ApplicationStatus> said() {
        return Set.of(APPROVED, REJECTED, MORE_INFO);
    }

    /** Those of them that end it. */
    static Set<ApplicationStatus> decided() {
        return Set.of(APPROVED, REJECTED);
    }
}
