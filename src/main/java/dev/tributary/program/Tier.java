package dev.tributary.program;

import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A step that affiliates of a program reach by what they bring, with its rate and its perks. Amounts are minor units of the
 * program's currency.
 *
 * @param rank the higher, the better; 1 to 1,000, so that there is room between two
 * @param minConversions what must be reached, together with the revenue
 * @param minPayoutMinor null = the program's
 */
public record Tier(
        UUID id,
        UUID programId,
        String name,
        int rank,
        long minConversions,
        long minRevenueMinor,
        int rateBps,
        long signUpBonusMinor,
        @Nullable Long minPayoutMinor,
        List<Perk> perks,
        Instant createdAt,
        Instant updatedAt) {
    /** As many as a page can show side by side, with room to spare; all are read at once. */
    static final int MOST = 50;

    static final int MOST_PERKS = 20;
    private static final int HIGHEST_RANK = 1_000;

    /** What a tier offers besides money. */
    @Schema(name = "Perk")
    public record Perk(
            @Schema(
                            examples = "rocket",
                            nullable = true,
                            description = "An emoji, or the name of a picture that the front end knows")
                    @Nullable
                    String icon,
            @Schema(examples = "Early access") String title,
            @Schema(examples = "Try new features before everybody else", nullable = true) @Nullable String description,
            @Schema(examples = "https://shop.example.com/early", nullable = true) @Nullable String link) {
        void check(FieldErrors errors, String at) {
            line(errors, at + "icon", icon == null ? "" : icon, 64);
            line(errors, at + "title", title == null ? "" : title, 100);
            errors.require(title != null && !title.isBlank(), at + "title", "required", "title is missing")
                    .require(
                            description == null || description.length() <= 1_000,
                            at + "description",
                            "too_long",
                            "description has at most 1,000 characters")
                    .require(
                            description == null || description.indexOf('\0') < 0,
                            at + "description",
                            "malformed",
                            "description holds no character U+0000");
            if (link != null && WebUrl.read(link) instanceof WebUrl.Bad bad)
                errors.require(false, at + "link", bad.code(), bad.message());
        }
    }

    public Tier {
        perks = List.copyOf(perks);
    }

    /** Whether this much is enough for the tier. */
    public boolean reachedBy(long conversions, long revenueMinor) {
        return conversions >= minConversions && revenueMinor >= minRevenueMinor;
    }

    /** Throws a problem that names every field that cannot be so; amounts are checked where they are read. */
    Tier checked() {
        FieldErrors errors = new FieldErrors()
                .require(!name.isBlank(), "name", "required", "name is missing")
                .require(rank >= 1 && rank <= HIGHEST_RANK, "rank", "out_of_range", "rank is 1 to " + HIGHEST_RANK)
                .require(
                        minConversions >= 0 && minConversions <= ProgramRules.MOST_MONEY,
                        "minConversions",
                        "out_of_range",
                        "minConversions is 0 to " + ProgramRules.MOST_MONEY)
                .require(
                        ProgramRules.isShare(rateBps),
                        "rateBps",
                        "out_of_range",
                        "rateBps is 0 to " + ProgramRules.WHOLE)
                .require(perks.size() <= MOST_PERKS, "perks", "too_many", "At most " + MOST_PERKS + " perks");
        line(errors, "name", name, 100);
        for (int i = 0; i < Math.min(perks.size(), MOST_PERKS); i++)
            perks.get(i).check(errors, "perks[" + i + "].");
        errors.done();
        return this;
    }

    private static void line(FieldErrors errors, String field, String text, int most) {
        errors.require(text.length() <= most, field, "too_long", field + " has at most " + most + " characters")
                .require(
                        text.chars().noneMatch(Character::isISOControl),
                        field,
                        "malformed",
                        field + " is one line of text");
    }
}
