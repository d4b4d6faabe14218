package dev.tributary.analytics.figure;

import dev.tributary.id.TypeId;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Of whom figures are: a whole program, or one affiliate in it. Days are those of the program's time zone, money is in its
 * currency.
 *
 * @param member null: everybody in the program
 */
public record Subject(UUID programId, String program, ZoneId zone, String currency, @Nullable Member member) {
    /** One affiliate in the program. */
    public record Member(UUID affiliateId, UUID enrollmentId, String name, @Nullable UUID tierId) {}

    /** As the functions of figures take it: null is the whole program. */
    public @Nullable UUID affiliateId() {
        return member == null ? null : member.affiliateId;
    }

    public Optional<Member> one() {
        return Optional.ofNullable(member);
    }

    public String publicProgramId() {
        return TypeId.PROGRAM.format(programId);
    }
}
