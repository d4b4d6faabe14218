package dev.tributary.promo;

import dev.tributary.postgres.Transactions;
import dev.tributary.problem.FieldError;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.program.Plan;
import dev.tributary.program.Plans;
import dev.tributary.program.Program;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What merchants' servers do with redemptions, and what they are told of them. */
@ApplicationScoped
class Checkout {
    private final Reservations reservations;
    private final Redemptions redemptions;
    private final RedemptionRepository repository;
    private final CodeSignals signals;
    private final Programs programs;
    private final Plans plans;
    private final Transactions transactions;
    private final PromoConfig config;
    private final Instance<CodeSync> sync;
    private final Instance<CheckoutSessions> sessions;

    Checkout(
            Reservations reservations,
            Redemptions redemptions,
            RedemptionRepository repository,
            CodeSignals signals,
            Programs programs,
            Plans plans,
            Transactions transactions,
            PromoConfig config,
            Instance<CodeSync> sync,
            Instance<CheckoutSessions> sessions) {
        this.reservations = reservations;
        this.redemptions = redemptions;
        this.repository = repository;
        this.signals = signals;
        this.programs = programs;
        this.plans = plans;
        this.transactions = transactions;
        this.config = config;
        this.sync = sync;
        this.sessions = sessions;
    }

    /** Reserves; 409 where the program is stopped, 422 where a code cannot be used. */
    Uni<RedemptionView> apply(SqlConnection tx, UUID programId, ApplyInput input) {
        if (input.checkoutSession() != null && !hasSessions())
            throw new Problem(
                    ProblemKind.UNPROCESSABLE,
                    "Stripe is not set up here, so no Checkout Session can be opened",
                    List.of(new FieldError("checkoutSession", "not_set_up", "Stripe is not set up here")));
        return program(tx, programId)
                .map(program -> Applying.read(input, programId, program.currency(), config.reserveMinutes()))
                .chain(asked -> slugs(tx, programId).chain(plans -> reserve(tx, asked, plans)));
    }

    /** What else the answer needs is read before the codes are locked: others wait for them. */
    private Uni<RedemptionView> reserve(SqlConnection tx, Applying asked, List<String> plans) {
        return reservations
                .look(tx, asked, plans)
                .chain(codes ->
                        promotionCodes(tx, codes.stream().map(DiscountCode::id).toList()))
                .chain(promotions -> reservations
                        .reserve(tx, asked, plans)
                        .call(made -> signals.ownUse(tx, made, asked.emailHash()))
                        .map(made -> RedemptionView.of(made, promotions)));
    }

    private boolean hasSessions() {
        return !sessions.isUnsatisfied() && sessions.get().isSetUp();
    }

    private Uni<Program> program(SqlConnection tx, UUID id) {
        return programs.find(tx, id).map(found -> found.filter(Program::active)
                .orElseThrow(() -> new Problem(ProblemKind.CONFLICT, "The program is not active")));
    }

    private Uni<List<String>> slugs(SqlConnection tx, UUID programId) {
        return plans.of(tx, programId).map(all -> all.stream().map(Plan::slug).toList());
    }

    /** Opens the session that was asked for; a reservation for which Stripe refuses one is given back. */
    Uni<RedemptionView> open(UUID programId, RedemptionView made, ApplyInput.Session wanted) {
        SessionOptions options = SessionOptions.read(wanted, new ApplyFields());
        return sessions.get()
                .open(request(programId, made, options))
                .map(made::with)
                .onFailure(Checkout::refused)
                .call(() -> transactions.run(
                        tx -> redemptions.release(tx, List.of(id(made)), Redemption.Release.CANCELED, false)));
    }

    private static boolean refused(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == ProblemKind.UNPROCESSABLE;
    }

    private static UUID id(RedemptionView made) {
        return dev.tributary.id.TypeId.REDEMPTION.parse(made.id()).orElseThrow();
    }

    private static CheckoutRequest request(UUID programId, RedemptionView made, SessionOptions options) {
        return new CheckoutRequest(
                id(made),
                programId,
                made.codes().stream().map(Checkout::use).toList(),
                made.discount(),
                made.expiresAt(),
                options.subscription(),
                options.lineItems(),
                options.successUrl(),
                options.cancelUrl(),
                options.customer(),
                options.clientReferenceId(),
                options.metadata());
    }

    private static CheckoutRequest.CodeUse use(RedemptionView.Code code) {
        UUID id = dev.tributary.id.TypeId.DISCOUNT_CODE
                .parse(code.discountCodeId())
                .orElseThrow();
        return new CheckoutRequest.CodeUse(id, code.code(), code.discount());
    }

    /** 409 where it cannot be confirmed for this order any more. */
    Uni<RedemptionView> confirm(SqlConnection tx, UUID programId, UUID id, ConfirmInput input) {
        return there(tx, programId, id)
                .map(input::read)
                .chain(paid -> redemptions.confirm(tx, programId, id, paid.externalId(), paid.amount(), false))
                .invoke(confirmed -> refuse(confirmed.result()))
                .chain(() -> show(tx, programId, id));
    }

    private static void refuse(Redemptions.Result result) {
        switch (result) {
            case CONFIRMED, REPEATED -> {}
            case UNKNOWN -> throw Problem.notFound("Redemption");
            case OTHER_ORDER -> throw new Problem(ProblemKind.CONFLICT, "It is confirmed for another order");
            case ORDER_TAKEN -> throw new Problem(ProblemKind.CONFLICT, "Another redemption has this order");
            case USED_UP ->
                throw new Problem(ProblemKind.CONFLICT, "It was released, and its codes have been used up since");
        }
    }

    /** 409 where it is confirmed; of a released one nothing changes. */
    Uni<RedemptionView> release(SqlConnection tx, UUID programId, UUID id) {
        return there(tx, programId, id)
                .invoke(found -> {
                    if (found.state() == Redemption.State.CONFIRMED)
                        throw new Problem(ProblemKind.CONFLICT, "It is confirmed: its order was paid");
                })
                .chain(() -> redemptions.release(tx, List.of(id), Redemption.Release.CANCELED, false))
                .chain(() -> there(tx, programId, id))
                .chain(now -> view(tx, now));
    }

    Uni<RedemptionView> show(SqlConnection c, UUID programId, UUID id) {
        return there(c, programId, id).chain(found -> view(c, found));
    }

    private Uni<Redemption> there(SqlConnection c, UUID programId, UUID id) {
        return repository.find(c, programId, id).map(found -> found.orElseThrow(() -> Problem.notFound("Redemption")));
    }

    private Uni<RedemptionView> view(SqlConnection c, Redemption r) {
        return promotionCodes(c, r.uses().stream().map(Redemption.Use::codeId).toList())
                .map(promotions -> RedemptionView.of(r, promotions));
    }

    private Uni<Map<UUID, String>> promotionCodes(SqlConnection c, List<UUID> codes) {
        if (sync.isUnsatisfied()) return Uni.createFrom().item(Map.of());
        return Multi.createFrom()
                .iterable(codes)
                .onItem()
                .transformToUniAndConcatenate(
                        id -> sync.get().promotionCodeId(c, id).map(found -> Map.entry(id, found)))
                .collect()
                .asList()
                .map(Checkout::known);
    }

    private static Map<UUID, String> known(List<Map.Entry<UUID, Optional<String>>> found) {
        Map<UUID, String> known = new HashMap<>();
        found.forEach(entry -> entry.getValue().ifPresent(id -> known.put(entry.getKey(), id)));
        return known;
    }
}
