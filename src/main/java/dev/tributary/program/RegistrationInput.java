package dev.tributary.program;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.affiliate.Affiliate;
import dev.tributary.affiliate.AffiliateStatus;
import dev.tributary.affiliate.Channel;
import dev.tributary.affiliate.PartnerType;
import dev.tributary.id.TypeId;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The form with which an account applies for a program. Who is an affiliate already leaves out what is known of them. */
@Schema(name = "RegistrationInput")
record RegistrationInput(
        @Schema(examples = "eco-goods", required = true, description = "The program's id or slug") @Nullable
                String program,
        @Schema(examples = "Ecofluencer", maxLength = 200, description = "Needed the first time") @Nullable String name,
        @Schema(examples = "eco@example.com", description = "Needed the first time") @Nullable String email,
        @Schema(examples = "DE", description = "ISO 3166-1 alpha-2; only the first time") @Nullable String country,
        @Schema(description = "Only the first time") @Nullable PartnerType partnerType,
        @Schema(maxItems = 20, description = "Where they promote") @Nullable List<Channel> channels,
        @Schema(examples = "Weekly posts about refills", maxLength = 2000, description = "How they promote") @Nullable
                String promotion,
        @Schema(
                        examples = "BEN",
                        description = "The referral code of who brought them in; only the first time, and for good")
                @Nullable
                String recruiterCode,
        @Schema(examples = "ECO10", description = "The referral code that they would like") @Nullable String wantedCode,
        @Schema(
                        examples = "agr_01h455vb4pex5vsknk084sn02q",
                        description = "The program's agreement; needed where it has one")
                @Nullable
                String agreementId,
        @Schema(examples = "true", description = "That it was read and accepted") @Nullable Boolean accepted) {
    /** Throws a problem that names every field that cannot be so whoever applies. */
    RegistrationInput checked() {
        new FieldErrors()
                .require(program != null && !program.isBlank(), "program", "required", "program is missing")
                .require(
                        wantedCode == null || ReferralCodes.isCode(wantedCode),
                        "wantedCode",
                        "malformed",
                        ReferralCodes.WHAT_IS_ONE)
                .require(
                        recruiterCode == null || ReferralCodes.isCode(recruiterCode),
                        "recruiterCode",
                        "malformed",
                        ReferralCodes.WHAT_IS_ONE)
                .require(
                        agreementId == null
                                || TypeId.AGREEMENT.parse(agreementId).isPresent(),
                        "agreementId",
                        "malformed",
                        "agreementId starts with agr_")
                .done();
        return this;
    }

    ApplicationForm form() {
        return new ApplicationForm(requireNonNullElse(channels, List.of()), requireNonNullElse(promotion, ""));
    }

    @Nullable
    UUID agreement() {
        return agreementId == null ? null : TypeId.AGREEMENT.parse(agreementId).orElseThrow();
    }

    /** Somebody new, pending until a program takes them. */
    Affiliate person(UUID id, @Nullable UUID recruiter, Instant now) {
        ApplicationForm form = form();
        return Affiliate.of(
                id,
                requireNonNullElse(name, ""),
                requireNonNullElse(email, ""),
                requireNonNullElse(country, ""),
                AffiliateStatus.PENDING,
                new Affiliate.Profile(
                        "",
                        requireNonNullElse(partnerType, PartnerType.OTHER),
                        false,
                        form.channels(),
                        form.promotion()),
                recruiter,
                now);
    }

    /** What is said of somebody who is known stays as it is, unless it is the same; the form is checked against them. */
    void checkAgainst(Affiliate known, Instant now) {
        FieldErrors errors = new FieldErrors();
        same(errors, "name", name, known.name());
        same(errors, "country", country, known.country());
        same(errors, "partnerType", partnerType, known.profile().partnerType());
        errors.require(
                        email == null || email.equalsIgnoreCase(known.email()),
                        "email",
                        "read_only",
                        "This account is known by another email; leave it out")
                .require(
                        recruiterCode == null,
                        "recruiterCode",
                        "read_only",
                        "Who brought an affiliate in is told the first time and never changes")
                .done();
        form(known, form(), now);
    }

    /** Throws a problem where the form is none that an affiliate could send. */
    static void form(Affiliate of, ApplicationForm form, Instant now) {
        Affiliate.Profile old = of.profile();
        of.with(
                new Affiliate.Profile(
                        old.displayName(),
                        old.partnerType(),
                        old.leaderboardOptIn(),
                        form.channels(),
                        form.promotion()),
                now);
    }

    private static void same(FieldErrors errors, String field, @Nullable Object given, Object known) {
        errors.require(
                given == null || given.equals(known),
                field,
                "read_only",
                "This account is known with another " + field + "; leave it out");
    }

    static Problem unknownProgram() {
        return Problem.field("program", "unknown", "There is no such program that takes applications");
    }
}
