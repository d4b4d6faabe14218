package dev.tributary.payout.own;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.payout.Amounts;
import dev.tributary.payout.Candidates;
import dev.tributary.payout.Period;
import dev.tributary.payout.ProgramTerms;
import dev.tributary.payout.Schedules;
import dev.tributary.payout.Seen;
import dev.tributary.payout.TermsRepository;
import dev.tributary.payout.Trust;
import dev.tributary.payout.Trusts;
import dev.tributary.problem.Problem;
import dev.tributary.program.Enrollment;
import dev.tributary.program.Program;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How an enrollment stands towards being paid: by what a run would say of it, the rule of trust and the program's terms. */
@ApplicationScoped
class Eligibility {
    private final Candidates candidates;
    private final Trusts trusts;
    private final Schedules schedules;
    private final TermsRepository terms;
    private final Programs programs;
    private final Clock clock;

    Eligibility(
            Candidates candidates,
            Trusts trusts,
            Schedules schedules,
            TermsRepository terms,
            Programs programs,
            Clock clock) {
        this.candidates = candidates;
        this.trusts = trusts;
        this.schedules = schedules;
        this.terms = terms;
        this.programs = programs;
        this.clock = clock;
    }

    /** What is known of one enrollment. */
    record Standing(
            Enrollment enrollment,
            Program program,
            ProgramTerms terms,
            Seen seen,
            List<Trust.Lack> lacks,
            Period.Kind schedule,
            Instant now) {
        /** What stands against being paid when they ask, beside what stands against being paid at all. */
        List<Reason> againstAsking() {
            return against(terms.requests());
        }

        List<Reason> againstDaily() {
            return against(terms.daily());
        }

        private List<Reason> against(boolean offered) {
            List<Reason> reasons = new ArrayList<>();
            if (!offered) reasons.add(Reason.NOT_OFFERED);
            lacks.forEach(lack -> reasons.add(Reason.of(lack)));
            return reasons;
        }

        List<Reason> bars() {
            return seen.bars().stream().map(Reason::of).distinct().toList();
        }

        LocalDate nextRun() {
            LocalDate today = LocalDate.ofInstant(now, ZoneId.of(program.timeZone()));
            boolean daily = schedule == Period.Kind.DAILY && againstDaily().isEmpty();
            return Schedules.next(daily ? schedule : Period.Kind.MONTHLY, terms.dayOfMonth(), today);
        }
    }

    Uni<Standing> of(SqlConnection c, Enrollment enrollment) {
        Instant now = clock.instant();
        return programs.get(c, enrollment.programId())
                .chain(program -> terms.of(c, program.id()).chain(on -> candidates
                        .look(c, program.id(), enrollment.id(), now)
                        .map(found -> found.orElseThrow(() -> Problem.notFound("Enrollment")))
                        .chain(seen -> standing(c, enrollment, program, on, seen, now))));
    }

    private Uni<Standing> standing(
            SqlConnection c, Enrollment enrollment, Program program, ProgramTerms on, Seen seen, Instant now) {
        return trusts.of(c, List.of(enrollment.id()))
                .map(records -> Trust.DEFAULT.lacking(Objects.requireNonNull(records.get(enrollment.id())), now))
                .chain(lacks -> schedules
                        .of(c, enrollment.id())
                        .map(kind -> new Standing(enrollment, program, on, seen, lacks, kind, now)));
    }

    static EligibilityView view(Standing standing) {
        Seen seen = standing.seen();
        String currency = standing.program().currency();
        List<Reason> bars = standing.bars();
        List<Reason> lacking = standing.againstAsking();
        return new EligibilityView(
                TypeId.PROGRAM.format(standing.program().id()),
                new Money(seen.candidate().availableMinor(), currency),
                new Money(seen.terms().minimum(seen.candidate()), currency),
                bars.isEmpty() ? quote(seen.terms().amounts(seen.candidate())) : null,
                bars.isEmpty(),
                bars,
                bars.isEmpty() && lacking.isEmpty(),
                lacking,
                standing.schedule().word(),
                standing.nextRun());
    }

    private static EligibilityView.Quote quote(Amounts amounts) {
        return new EligibilityView.Quote(
                new Money(amounts.gross(), amounts.currency()),
                new Money(amounts.fee(), amounts.currency()),
                new Money(amounts.withheld(), amounts.currency()),
                new Money(amounts.net(), amounts.currency()));
    }
}
