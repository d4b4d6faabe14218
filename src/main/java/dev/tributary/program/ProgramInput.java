package dev.tributary.program;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.money.Money;
import dev.tributary.problem.FieldErrors;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a program is made from or changed to: in a change, fields left out stay as they are. */
record ProgramInput(
        @Schema(examples = "Acme Shop") @Nullable String name,
        @Schema(examples = "acme-shop", description = "Made from the name unless given") @Nullable String slug,
        @Schema(examples = "https://shop.example.com/welcome") @Nullable String landingUrl,
        @Schema(
                        examples = "[\"shop.example.com\", \"*.example.org\"]",
                        description =
                                "Hosts that links may lead to; *.host allows its sub-domains. The landing page's host is always added")
                @Nullable
                List<String> allowedHosts,
        @Schema(examples = "USD") @Nullable String currency,
        @Schema(examples = "Europe/Berlin", description = "UTC unless given") @Nullable String timeZone,
        @Schema(examples = "tributary") @Nullable String utmSource,
        @Schema(examples = "30") @Nullable Integer windowDays,
        @Nullable Boolean honorGpc,
        @Nullable Boolean active,
        @Schema(examples = "1000", description = "The share of a sale in basis points; 10 % unless given") @Nullable
                Integer baseRateBps,
        @Schema(description = "last_click unless given") ProgramRules.@Nullable Attribution attributionModel,
        @Schema(examples = "30", description = "Days that a commission stays pending; 30 unless given") @Nullable
                Integer holdDays,
        @Schema(description = "What a balance must reach to be paid, in the program's currency") @Nullable
                Money minPayout,
        @Schema(examples = "[\"deep links\"]") @Nullable List<String> features,
        @Nullable Boolean autoApprove,
        @Nullable Boolean leaderboard,
        @Nullable Boolean twoTier,
        @Schema(description = "Whether refunds take the bonus of a milestone back; true unless given") @Nullable
                Boolean milestoneClawback,
        @Schema(description = "Offered for deep links, in this order; replaces those before") @Nullable
                List<ProgramPage> pages) {
    private static final int DEFAULT_WINDOW = 30;

    Program make(UUID id, Instant now, Optional<String> tracker) {
        String title = requireNonNullElse(name, "");
        return over(
                new Program(
                        id,
                        title,
                        slugOf(title),
                        "",
                        List.of(),
                        "",
                        "UTC",
                        "tributary",
                        DEFAULT_WINDOW,
                        true,
                        true,
                        ProgramRules.DEFAULT,
                        List.of(),
                        now,
                        now),
                now,
                tracker);
    }

    Program over(Program old, Instant now, Optional<String> tracker) {
        WebUrl landing = landing(requireNonNullElse(landingUrl, old.landingUrl()), tracker);
        return new Program(
                        old.id(),
                        requireNonNullElse(name, old.name()),
                        requireNonNullElse(slug, old.slug()),
                        landing instanceof WebUrl.Good good ? good.uri().toString() : "",
                        hosts(requireNonNullElse(allowedHosts, old.allowedHosts()), landing),
                        requireNonNullElse(currency, old.currency()),
                        requireNonNullElse(timeZone, old.timeZone()),
                        requireNonNullElse(utmSource, old.utmSource()),
                        requireNonNullElse(windowDays, old.windowDays()),
                        requireNonNullElse(honorGpc, old.honorGpc()),
                        requireNonNullElse(active, old.active()),
                        rules(old.rules(), requireNonNullElse(currency, old.currency())),
                        pages == null ? old.pages() : ProgramPage.checked(pages),
                        old.createdAt(),
                        now)
                .checked(landing);
    }

    private ProgramRules rules(ProgramRules old, String money) {
        return new ProgramRules(
                requireNonNullElse(baseRateBps, old.baseRateBps()),
                requireNonNullElse(attributionModel, old.attribution()),
                requireNonNullElse(holdDays, old.holdDays()),
                minPayout == null ? old.minPayoutMinor() : ProgramRules.amount("minPayout", minPayout, money),
                features == null ? old.features() : textsOf(features),
                requireNonNullElse(autoApprove, old.autoApprove()),
                requireNonNullElse(leaderboard, old.leaderboard()),
                requireNonNullElse(twoTier, old.twoTier()),
                requireNonNullElse(milestoneClawback, old.milestoneClawback()));
    }

    /** A null among them is a wrong text like any other. */
    private static List<String> textsOf(List<@Nullable String> entries) {
        return entries.stream().map(e -> e == null ? "" : e).distinct().toList();
    }

    private static WebUrl landing(String text, Optional<String> tracker) {
        if (text.isEmpty()) return new WebUrl.Bad("required", "landingUrl is missing");
        WebUrl read = WebUrl.read(text);
        boolean loop = read instanceof WebUrl.Good good
                && tracker.filter(good.host()::equals).isPresent();
        return loop ? new WebUrl.Bad("points_at_tracker", "A link cannot lead back to this tracker") : read;
    }

    /** In their one form, without twins, the landing page's own host among them. */
    private static List<String> hosts(List<String> entries, WebUrl landing) {
        FieldErrors errors = new FieldErrors();
        Set<String> hosts = new LinkedHashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            Optional<String> host = Optional.ofNullable(entries.get(i)).flatMap(Host::pattern);
            errors.require(
                    host.isPresent(),
                    "allowedHosts[" + i + "]",
                    "bad_host",
                    "A host is a name such as example.com or *.example.com, without scheme, port or path");
            host.ifPresent(hosts::add);
        }
        errors.done();
        if (landing instanceof WebUrl.Good good && hosts.stream().noneMatch(h -> Host.covers(h, good.host())))
            hosts.add(good.host());
        return new ArrayList<>(hosts);
    }

    private static String slugOf(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String cut = plain.substring(0, Math.min(64, plain.length())).replaceAll("^-|-$", "");
        return cut.isEmpty() ? "program" : cut;
    }
}
