package dev.tributary.link;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.problem.Problem;
import dev.tributary.program.Program;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a link is made from or changed to: in a change, fields left out stay as they are and the first three are refused. */
record LinkInput(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") @Nullable String programId,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") @Nullable String affiliateId,
        @Schema(examples = "SUMMER", description = "Made up unless given; letters, digits, _ and -") @Nullable
                String code,
        @Schema(examples = "https://shop.example.com/sale", description = "The program's landing page unless given")
                @Nullable
                String destination,
        @Schema(examples = "newsletter") @Nullable String src,
        @Nullable String sub1,
        @Nullable String sub2,
        @Nullable String sub3,
        @Nullable String sub4,
        @Nullable String sub5,
        Link.@Nullable Status status,
        @Schema(implementation = Instant.class, description = "null takes an expiry away") @Nullable
                Optional<Instant> expiresAt) {
    Link over(Link old, Program program, Optional<String> tracker, Instant now) {
        return new Link(
                        old.id(),
                        old.enrollmentId(),
                        old.programId(),
                        old.affiliateId(),
                        old.campaignId(),
                        old.code(),
                        destination == null ? old.destination() : checked(destination, program, tracker),
                        requireNonNullElse(src, old.src()),
                        subs(old.subs()),
                        requireNonNullElse(status, old.status()),
                        expiresAt == null ? old.expiresAt() : expiresAt.orElse(null),
                        old.createdAt(),
                        now)
                .checked();
    }

    private List<String> subs(List<String> old) {
        return List.of(
                requireNonNullElse(sub1, old.get(0)),
                requireNonNullElse(sub2, old.get(1)),
                requireNonNullElse(sub3, old.get(2)),
                requireNonNullElse(sub4, old.get(3)),
                requireNonNullElse(sub5, old.get(4)));
    }

    /** The three that make a link what it is cannot change. */
    LinkInput asChange() {
        refuse("programId", programId);
        refuse("affiliateId", affiliateId);
        refuse("code", code);
        return this;
    }

    private static void refuse(String field, @Nullable String value) {
        if (value != null) throw Problem.field(field, "read_only", field + " of a link cannot change");
    }

    static String checked(String url, Program program, Optional<String> tracker) {
        if (url.isEmpty()) return "";
        Destinations.Result result = Destinations.check(url, program.allowedHosts());
        if (result instanceof Destinations.Refused refused)
            throw Problem.field("destination", refused.code(), refused.message());
        URI target = ((Destinations.Allowed) result).target();
        if (tracker.filter(target.getHost()::equals).isPresent())
            throw Problem.field("destination", "points_at_tracker", "A link cannot lead back to this tracker");
        return target.toString();
    }
}
