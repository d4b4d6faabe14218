package dev.tributary;

import dev.tributary.problem.ProblemJson;
import dev.tributary.problem.ProblemKind;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.smallrye.openapi.api.util.FilterUtil;
import io.smallrye.openapi.api.util.UnusedSchemaFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;

/**
 * The finish of the OpenAPI document, at build time: says of every operation what it can be refused with. The kinds come
 * from {@link ProblemKind} itself, so the document can neither miss one nor invent one.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class Contract implements OASFilter {
    private static final List<String> GUARDED = List.of(
            "/api/admin/",
            "/api/affiliate/",
            "/api/track/lead",
            "/api/track/sale",
            "/api/track/refund",
            "/api/discount-codes/apply",
            "/api/discount-codes/redemptions/");
    private static final String KEY = "Idempotency-Key";
    /** In META-INF/openapi.yaml, what no rule below tells: the codes of further refusals. */
    private static final String FURTHER = "x-problems";

    /** Where a 200 is meant beside another success. */
    private static final Set<String> MORE_THAN_ONE_SUCCESS = Set.of(
            "/api/track/click",
            "/api/track/lead",
            "/api/track/sale",
            "/api/track/refund",
            "/api/admin/payouts/process");
    /** Told by the body's own type, and so no parameter of anybody's (OpenAPI 3.1, 4.8.12). */
    private static final String TYPE = "Content-Type";

    private static final String FORM = "application/x-www-form-urlencoded";

    private static final Set<String> ANSWERS = Set.of(
            """
            ConversionImport ImportRow Program Money CommonPage Tier Agreement Acceptance AgreementOffer ApiKey IssuedApiKey
            Affiliate Application OwnApplication ApplicationOutcomes ApplicationOutcome Invitation
            Profile ProfileProgram Membership TierProgress AgreementState Violation AbuseReport
            AbuseReportReceived StatusOutcome StatusOutcomes PersonalDataEntry Erasure ErasedRows
            Enrollment Link Click ClickReport ClickReportRow ClickCounts AuditEntry Job JobRun
            AffiliateLink LinkPages OfferedPage LinkPreview Campaign Statement StatementBalance
            StatementCurrency StatementEntry StatementListRow StatementMovement
            LiveEarnings LiveEarningsSum LiveTicket
            Statistics StatisticsRow StatisticsTotals Earnings EarningsRow Referral Commission
            Attribution AttributionDecision AttributionShare AttributionCandidate AttributionReport
            AttributionReportRow AttributionReportShare Conversion ConversionOutcome Credit Item
            RefundOutcome TrackBatch TrackRow DecidedConversions DecidedConversion OwnConversion
            OwnReferral SubAffiliate PostbackAnswer PostbackToken BookedCommission
            CommissionOutcomes CommissionOutcome CommissionRule Milestone MilestoneProgress
            MilestoneProgressList Adjustment StripeEvent StripeSecret StripeReceipt StripeCoupon
            Plan DiscountCode OwnDiscountCode DiscountBatch DiscountCodeTotals DiscountCodePerformance
            Redemption RedeemedCode CheckoutSession PayoutFile PayoutFileEntry PayoutReturnReport
            PayoutReturnUnmatched PayoutReversal CircleReceipt
            PayoutTerms Payout PayoutDetail PayoutApproval PayoutAttempts PayoutTransfer
            PayoutHistoryEntry PayoutTask PayoutRun PayoutRunSum PayoutRehearsal PayoutOutcomes
            PayoutOutcome PayoutBreakdown PayoutLine OwnPayout OwnPayoutDetail PayoutEligibility
            PayoutQuote PayoutReason PayoutSchedule
            PayoutMethod StaffPayoutMethod PayoutOnboarding
            PerformanceReport PerformanceReportRow FunnelReport FunnelStep TrendsReport TrendsPoint
            TrendsChange ReportFigures TopReport TopReportRow CohortReport Cohort CohortAge
            PayoutsReport PayoutAmounts PayoutPart PayoutBucket AttributionReportTotal
            LeaderboardSetting LeaderboardStandings LeaderboardStanding Leaderboard LeaderboardRow
            LeaderboardNext OwnRank LeaderboardName Contest ContestPrize ContestBanner ContestStandings
            ContestStanding ContestWinners ContestWinner OwnContest OwnContestRow OwnContestPlace
            OwnContestWinner OwnContestList
            AdminDashboard AffiliateDashboard Figures TrendDay SourceLine TopLink TopAffiliate DashboardEarnings
            DashboardTier RecentReferral DashboardPayout DashboardPayouts CountAndSum PayoutStatusLine PayoutRailLine
            PayoutSizeLine FailedPayout DashboardAlerts Suspect Insights Insight InsightRule InsightEvidence Projection
            ProjectionSample ProjectionSeason ProjectedMonth
            TaxPapers TaxForm TaxPapersRow TaxPayer TaxNotice TaxYear TaxYearSum TaxLine
            """
                    .strip()
                    .split("\\s+"));
    /** Answered on any guarded path, whatever is asked. */
    private static final Set<ProblemKind> ANYWHERE = EnumSet.of(
            ProblemKind.UNAUTHENTICATED,
            ProblemKind.FORBIDDEN,
            ProblemKind.NOT_ACCEPTABLE,
            ProblemKind.URI_TOO_LONG,
            ProblemKind.INTERNAL,
            ProblemKind.UNAVAILABLE);

    @Override
    public void filterOpenAPI(OpenAPI api) {
        for (ProblemKind kind : ProblemKind.values()) {
            api.getComponents()
                    .addExample(kind.code(), OASFactory.createExample().value(example(kind)));
        }
        api.getInfo().setDescription(api.getInfo().getDescription().replace("%PROBLEMS%", table()));
        shareSchemas(api);
        api.getComponents().getSchemas().forEach(Contract::bound);
        api.getPaths().getPathItems().forEach((path, item) -> finish(api, path, item));
        // The scanner shows every class that has a schema's name, asked for or not.
        FilterUtil.applyFilter(new UnusedSchemaFilter(), api);
    }

    /** Where the scanner copies an object in, because it may be null there, refers to the one there is. */
    private static void shareSchemas(OpenAPI api) {
        Map<String, Schema> schemas = api.getComponents().getSchemas();
        Map<Set<String>, String> names = new HashMap<>();
        schemas.forEach((name, schema) -> {
            if (schema.getProperties() != null) names.put(schema.getProperties().keySet(), name);
        });
        schemas.values().stream()
                .filter(schema -> schema.getProperties() != null)
                .forEach(schema -> Map.copyOf(schema.getProperties()).forEach((field, copy) -> {
                    if (copy.getProperties() == null || !mayBeNull(copy)) return;
                    String name = names.get(copy.getProperties().keySet());
                    if (name != null) schema.addProperty(field, orNull(name).description(copy.getDescription()));
                }));
        // Afterwards, because a copy may be the very same object: what was said of one place where it stands.
        schemas.values().stream()
                .filter(schema -> schema.getProperties() != null && mayBeNull(schema))
                .forEach(schema -> {
                    schema.setType(List.of(Schema.SchemaType.OBJECT));
                    schema.setDescription(null);
                });
    }

    private static boolean mayBeNull(Schema schema) {
        return schema.getType() != null && schema.getType().contains(Schema.SchemaType.NULL);
    }

    private static Schema orNull(String name) {
        return OASFactory.createSchema()
                .addAnyOf(reference(name))
                .addAnyOf(OASFactory.createSchema().addType(Schema.SchemaType.NULL));
    }

    private static Schema reference(String name) {
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }

    /** Markdown, indented as the list that it stands in. */
    private static String table() {
        return Arrays.stream(ProblemKind.values())
                .map(kind -> "  | %d | `%s` | %s |\n".formatted(kind.status(), kind.code(), kind.title()))
                .collect(Collectors.joining("", "  | status | code | title |\n  |---|---|---|\n", ""));
    }

    /** What we answer has all its fields, null or not; what we are sent has no others. */
    private static void bound(String name, Schema schema) {
        if (schema.getProperties() == null) return;
        // The scanner says "object" beside "one of these or null", and so takes the null away.
        schema.getProperties().values().stream()
                .filter(property -> property.getAnyOf() != null)
                .forEach(property -> property.setType(null));
        if (ANSWERS.contains(name))
            schema.setRequired(List.copyOf(schema.getProperties().keySet()));
        if (name.endsWith("Input") || name.endsWith("Change")) schema.setAdditionalPropertiesBoolean(false);
    }

    private static void finish(OpenAPI api, String path, PathItem item) {
        item.getOperations().forEach((method, operation) -> {
            shareKey(operation);
            keepBody(operation);
            describePath(operation);
            nameCredentials(operation);
            // The scanner adds a 200 to a method that answers with a bare response.
            boolean named = operation.getResponses().hasAPIResponse("201")
                    || operation.getResponses().hasAPIResponse("202")
                    || operation.getResponses().hasAPIResponse("204");
            if (named && !MORE_THAN_ONE_SUCCESS.contains(path))
                operation.getResponses().removeAPIResponse("200");
            Map<Integer, List<ProblemKind>> byStatus = new TreeMap<>();
            for (ProblemKind kind : refusals(path, method, operation)) {
                byStatus.computeIfAbsent(kind.status(), s -> new ArrayList<>()).add(kind);
            }
            operation.removeExtension(FURTHER);
            byStatus.forEach(
                    (status, kinds) -> operation.getResponses().addAPIResponse(status.toString(), shared(api, kinds)));
        });
    }

    private static boolean guarded(String path) {
        return GUARDED.stream().anyMatch(path::startsWith);
    }

    /** One text for the header wherever it is taken. */
    private static void shareKey(Operation operation) {
        if (operation.getParameters() == null) return;
        List<Parameter> shown = new ArrayList<>(operation.getParameters());
        shown.removeIf(p -> TYPE.equals(p.getName()));
        shown.replaceAll(p -> KEY.equals(p.getName())
                ? OASFactory.createParameter().ref("#/components/parameters/IdempotencyKey")
                : p);
        operation.setParameters(shown);
    }

    /** Where the code takes bytes and the source says of what, the source is right; a form is never needed. */
    private static void keepBody(Operation operation) {
        RequestBody body = operation.getRequestBody();
        if (body == null || body.getContent() == null) return;
        body.getContent().getMediaTypes().forEach((type, media) -> {
            if (type.equals(FORM)) body.setRequired(false);
            Schema schema = media.getSchema();
            if (schema == null) return;
            schema.setFormat(null);
            if (schema.getRef() != null || schema.getOneOf() != null) schema.setType(null);
            else if (schema.getType() != null && schema.getType().contains(Schema.SchemaType.OBJECT))
                schema.setType(List.of(Schema.SchemaType.OBJECT));
        });
    }

    private static void describePath(Operation operation) {
        if (operation.getParameters() == null) return;
        for (Parameter p : operation.getParameters()) {
            if (p.getIn() != Parameter.In.PATH || p.getDescription() != null) continue;
            p.setDescription(
                    switch (p.getName()) {
                        case "id" -> "Its id.";
                        case "name" -> "The job's name, as the list of jobs has it.";
                        default -> "The id of the " + p.getName().replace("Id", ".");
                    });
        }
    }

    /** The scanner knows one kind of credentials; the roles and scopes of API keys are those of another. */
    private static void nameCredentials(Operation operation) {
        if (operation.getSecurity() == null) return;
        List<SecurityRequirement> shown = new ArrayList<>();
        for (SecurityRequirement needed : operation.getSecurity()) {
            List<String> roles = needed.getScheme("accessToken");
            if (roles == null || roles.isEmpty()) {
                shown.add(needed);
                continue;
            }
            // Where both kinds open it, either does.
            List<String> people = roles.stream().filter(role -> !ofKeys(role)).toList();
            if (!people.isEmpty())
                shown.add(OASFactory.createSecurityRequirement().addScheme("accessToken", people));
            List<String> keys = roles.stream().filter(Contract::ofKeys).toList();
            if (!keys.isEmpty())
                shown.add(OASFactory.createSecurityRequirement().addScheme("apiKey", keys));
        }
        operation.setSecurity(shown);
    }

    private static boolean ofKeys(String role) {
        return role.endsWith("-key") || role.contains(":");
    }

    private static Set<ProblemKind> refusals(String path, PathItem.HttpMethod method, Operation operation) {
        Set<ProblemKind> kinds = EnumSet.noneOf(ProblemKind.class);
        if (operation.hasExtension(FURTHER)) {
            Object further = Objects.requireNonNull(operation.getExtensions().get(FURTHER));
            for (Object code : (Collection<?>) further) kinds.add(kind(code.toString()));
        }
        if (!guarded(path)) return kinds;
        kinds.addAll(ANYWHERE);
        if (path.contains("{")) kinds.add(ProblemKind.NOT_FOUND);
        boolean one = method == PathItem.HttpMethod.GET && path.endsWith("}");
        if (!one) kinds.add(ProblemKind.INVALID_REQUEST);
        if (operation.getRequestBody() != null) {
            kinds.add(ProblemKind.TOO_LARGE);
            kinds.add(ProblemKind.UNSUPPORTED_MEDIA_TYPE);
        }
        if (takesKey(operation)) {
            kinds.add(ProblemKind.IN_PROGRESS);
            kinds.add(ProblemKind.KEY_REUSED);
        }
        return kinds;
    }

    private static boolean takesKey(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(p -> p.getRef() != null && p.getRef().endsWith("/IdempotencyKey"));
    }

    private static ProblemKind kind(String code) {
        return Arrays.stream(ProblemKind.values())
                .filter(kind -> kind.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no problem " + code));
    }

    /** A response of the components for exactly these kinds, which have one status. */
    private static APIResponse shared(OpenAPI api, List<ProblemKind> kinds) {
        String name = kinds.stream().map(ProblemKind::code).collect(Collectors.joining("_or_"));
        api.getComponents().addResponse(name, response(kinds));
        return OASFactory.createAPIResponse().ref("#/components/responses/" + name);
    }

    private static APIResponse response(List<ProblemKind> kinds) {
        MediaType body = OASFactory.createMediaType().schema(schema(kinds));
        for (ProblemKind kind : kinds) {
            body.addExample(kind.code(), OASFactory.createExample().ref("#/components/examples/" + kind.code()));
        }
        Content content = OASFactory.createContent().addMediaType(ProblemJson.MEDIA_TYPE, body);
        APIResponse response = OASFactory.createAPIResponse()
                .description(kinds.stream()
                        .map(kind -> "`%s`: %s.".formatted(kind.code(), kind.title()))
                        .collect(Collectors.joining(" ")))
                .content(content);
        if (kinds.contains(ProblemKind.UNAVAILABLE) || kinds.contains(ProblemKind.RATE_LIMITED))
            header(response, "Retry-After", "RetryAfter");
        if (kinds.contains(ProblemKind.RATE_LIMITED)) {
            header(response, "RateLimit-Policy", "RateLimitPolicy");
            header(response, "RateLimit", "RateLimit");
        }
        if (kinds.contains(ProblemKind.UNAUTHENTICATED)) header(response, "WWW-Authenticate", "Challenge");
        return response;
    }

    private static Schema schema(List<ProblemKind> kinds) {
        Schema code = OASFactory.createSchema().addType(Schema.SchemaType.STRING);
        kinds.forEach(kind -> code.addEnumeration(kind.code()));
        return OASFactory.createSchema()
                .addAllOf(reference("Problem"))
                .addAllOf(OASFactory.createSchema().addProperty("code", code));
    }

    private static void header(APIResponse response, String name, String component) {
        response.addHeader(name, OASFactory.createHeader().ref("#/components/headers/" + component));
    }

    private static Map<String, Object> example(ProblemKind kind) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", kind.title());
        problem.put("status", kind.status());
        problem.put("code", kind.code());
        if (kind == ProblemKind.INVALID_REQUEST) {
            problem.put("detail", "landingUrl is missing");
            Map<String, String> field = new LinkedHashMap<>();
            field.put("field", "landingUrl");
            field.put("code", "required");
            field.put("message", "landingUrl is missing");
            problem.put("errors", List.of(field));
        }
        return problem;
    }
}
