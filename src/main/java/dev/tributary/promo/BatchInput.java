package dev.tributary.promo;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Many codes alike, as they shall be generated. */
@Schema(name = "DiscountBatchInput")
record BatchInput(
        @Schema(examples = "500", required = true, description = "How many, 1 to 10,000") @Nullable Integer count,
        @Schema(examples = "VIP-", description = "What they begin with; nothing unless given") @Nullable String prefix,
        @Schema(examples = "10", description = "How many random characters follow, 8 to 32; 10 unless given") @Nullable
                Integer length,
        @Schema(required = true, description = "What each of them is, without its text") @Nullable
                DiscountCodeInput template) {
    /** One transaction's worth, and an answer of a few hundred kilobytes. */
    static final int MOST = 10_000;
    /** 10^12 texts: guessing one of ten thousand takes a hundred million tries. */
    static final int SHORTEST = 8;

    static final int LONGEST = 32;
    private static final int USUAL = 10;
    /** Crockford's: no letter that looks like a digit. */
    static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /** Throws a problem that names every field that is wrong. */
    BatchInput checked() {
        FieldErrors errors = new FieldErrors()
                .require(template != null, "template", "required", "template is missing")
                .require(count != null, "count", "required", "count is missing")
                .require(
                        template == null || template.code() == null,
                        "template.code",
                        "read_only",
                        "The texts are generated");
        DiscountCodeText.check(requireNonNullElse(prefix, "").strip() + "0".repeat(random()))
                .ifPresent(bad -> errors.require(false, "prefix", bad.code(), bad.message()));
        errors.done();
        ApplyFields values = new ApplyFields();
        int wanted = requireNonNullElse(count, 0);
        if (wanted < 1 || wanted > MOST) values.cannot("count", "out_of_range", "count is 1 to " + MOST);
        int asked = requireNonNullElse(length, USUAL);
        if (asked < SHORTEST || asked > LONGEST)
            values.cannot("length", "out_of_range", "length is %d to %d".formatted(SHORTEST, LONGEST));
        values.done();
        return this;
    }

    /** How many random characters, within bounds. */
    private int random() {
        return Math.max(SHORTEST, Math.min(LONGEST, requireNonNullElse(length, USUAL)));
    }

    int wanted() {
        return requireNonNullElse(count, 0);
    }

    DiscountCodeInput each() {
        if (template == null) throw Problem.field("template", "required", "template is missing");
        return template;
    }

    /** So many texts, no two alike. */
    List<String> texts(int many, RandomGenerator random) {
        String begin = requireNonNullElse(prefix, "").strip();
        Set<String> texts = new LinkedHashSet<>();
        while (texts.size() < many)
            texts.add(begin
                    + random.ints(random(), 0, ALPHABET.length())
                            .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                            .collect(Collectors.joining()));
        return List.copyOf(texts);
    }
}
