package dev.tributary.program;

import static dev.tributary.program.Staff.PROGRAMS;
import static dev.tributary.program.Staff.as;
import static dev.tributary.program.Staff.enrollment;
import static dev.tributary.program.Staff.id;
import static dev.tributary.program.Staff.post;
import static dev.tributary.program.Staff.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import dev.tributary.privacy.PersonalData;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class AgreementsDatabaseTest {
    private static final Agreement.Acceptance FROM =
            new Agreement.Acceptance("subject-1", "203.0.113.0/24", "Mozilla/5.0");

    @Inject
    Agreements agreements;

    @Inject
    PersonAcceptances person;

    @Inject
    EnrollmentRepository enrollments;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    private static String path(String program) {
        return PROGRAMS + "/" + program + "/agreements";
    }

    private static Map<String, Object> version(Object... more) {
        Map<String, Object> body = new HashMap<>(Map.of("title", "Terms", "terms", "Say that it is an advertisement."));
        for (int i = 0; i < more.length; i += 2) body.put((String) more[i], more[i + 1].toString());
        return body;
    }

    private Instant in(Duration time) {
        return clock.instant().plus(time);
    }

    private <T> T run(Function<SqlConnection, Uni<T>> work) {
        return transactions.run(work).await().indefinitely();
    }

    private Enrollment enrolled(String program) {
        UUID id = TypeId.ENROLLMENT.parse(enrollment(program)).orElseThrow();
        UUID of = TypeId.PROGRAM.parse(program).orElseThrow();
        return run(tx -> enrollments.lock(tx, of, id)).orElseThrow();
    }

    private void accept(Enrollment who, String agreement) {
        UUID id = TypeId.AGREEMENT.parse(agreement).orElseThrow();
        run(tx -> agreements.accept(tx, who, id, FROM));
    }

    private boolean mayCreate(Enrollment who) {
        return run(tx -> agreements.state(tx, who.id())).orElseThrow().mayCreate(clock.instant());
    }

    @Test
    void versions_are_numbered_and_the_newest_that_is_valid_counts() {
        String program = program();
        id(post(path(program), version()));
        id(post(path(program), version("title", "Second")));
        id(post(path(program), version("title", "Third", "validFrom", in(Duration.ofDays(7)))));
        as("support")
                .get(path(program))
                .then()
                .statusCode(200)
                .body("data.number", contains(3, 2, 1))
                .body("data.current", contains(false, true, false))
                .body("data.terms", everyItem(nullValue()));
        UUID asked = TypeId.PROGRAM.parse(program).orElseThrow();
        Agreement current = run(tx -> agreements.current(tx, asked)).orElseThrow();
        assertThat(current.number()).isEqualTo(2);
        as("support")
                .get(path(program) + "/" + TypeId.AGREEMENT.format(current.id()))
                .then()
                .statusCode(200)
                .body("terms", equalTo("Say that it is an advertisement."));
    }

    @Test
    void without_an_agreement_nothing_waits_for_one() {
        Enrollment who = enrolled(program());
        Optional<AgreementState> state = run(tx -> agreements.state(tx, who.id()));
        assertThat(state).isEmpty();
        run(tx -> agreements.require(tx, who.id()));
    }

    @Test
    void a_new_version_asks_again_and_grace_lets_those_go_on_who_have_not_accepted() {
        String program = program();
        Enrollment who = enrolled(program);
        String first = id(post(path(program), version()));
        assertThat(mayCreate(who)).isFalse();
        assertThatThrownBy(() -> run(tx -> agreements.require(tx, who.id())))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.kind()).isEqualTo(ProblemKind.AGREEMENT_REQUIRED));
        accept(who, first);
        assertThat(mayCreate(who)).isTrue();
        id(post(path(program), version("graceUntil", in(Duration.ofDays(14)))));
        AgreementState state = run(tx -> agreements.state(tx, who.id())).orElseThrow();
        assertThat(state.accepted()).isFalse();
        assertThat(state.mayCreate(in(Duration.ofDays(13)))).isTrue();
        assertThat(state.mayCreate(in(Duration.ofDays(15)))).isFalse();
        run(tx -> agreements.require(tx, who.id()));
    }

    @Test
    void an_announced_version_can_be_accepted_ahead_and_covers_the_one_before() {
        String program = program();
        Enrollment who = enrolled(program);
        id(post(path(program), version()));
        String next = id(post(path(program), version("validFrom", in(Duration.ofDays(7)))));
        accept(who, next);
        assertThat(mayCreate(who)).isTrue();
        as("admin").delete(path(program) + "/" + next).then().statusCode(409);
    }

    @Test
    void an_old_version_or_one_of_another_program_cannot_be_accepted() {
        String program = program();
        Enrollment who = enrolled(program);
        String old = id(post(path(program), version()));
        id(post(path(program), version()));
        assertThatThrownBy(() -> accept(who, old))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo(ProblemKind.CONFLICT));
        String foreign = id(post(path(program()), version()));
        assertThatThrownBy(() -> accept(who, foreign))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo(ProblemKind.NOT_FOUND));
    }

    @Test
    void an_acceptance_is_kept_once_with_who_when_and_where_from() {
        String program = program();
        Enrollment who = enrolled(program);
        String agreement = id(post(path(program), version()));
        accept(who, agreement);
        accept(who, agreement);
        String at = path(program) + "/" + agreement + "/acceptances";
        as("support")
                .get(at)
                .then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].affiliateId", equalTo(TypeId.AFFILIATE.format(who.affiliateId())))
                .body("data[0].acceptedBy", equalTo("subject-1"))
                .body("data[0].ipPrefix", equalTo("203.0.113.0/24"))
                .body("data[0].userAgent", equalTo("Mozilla/5.0"));
        as("support")
                .get(at + "?affiliateId=aff_01h455vb4pex5vsknk084sn02q")
                .then()
                .body("data", hasSize(0));
        String csv = as("support").accept("text/csv").get(at).asString();
        assertThat(csv.lines()).hasSize(2);
        as("support")
                .get(path(program()) + "/" + agreement + "/acceptances")
                .then()
                .body("data", hasSize(0));
    }

    @Test
    void a_version_that_is_not_valid_yet_can_be_withdrawn_and_a_valid_one_stays() {
        String program = program();
        String valid = id(post(path(program), version()));
        String announced = id(post(path(program), version("validFrom", in(Duration.ofDays(1)))));
        as("admin").delete(path(program) + "/" + announced).then().statusCode(204);
        as("admin").get(path(program) + "/" + announced).then().statusCode(404);
        as("admin").delete(path(program) + "/" + valid).then().statusCode(409);
        UUID id = TypeId.AGREEMENT.parse(valid).orElseThrow();
        for (String sql : new String[] {
            "UPDATE agreement SET terms = 'other' WHERE id = $1", "DELETE FROM agreement WHERE id = $1"
        }) {
            assertThatThrownBy(() -> run(tx -> tx.preparedQuery(sql).execute(Tuple.of(id))))
                    .hasMessageContaining("is valid and cannot change");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "title, '', title, required",
        "terms, '', terms, required",
        "validFrom, 2020-01-01T00:00:00Z, validFrom, in_the_past",
        "validFrom, +1000000000-12-31T23:59:59Z, validFrom, out_of_range",
        "validFrom, tomorrow, validFrom, wrong_type",
        "validUntil, 2020-01-01T00:00:00Z, validUntil, out_of_range",
        "graceUntil, 2020-01-01T00:00:00Z, graceUntil, out_of_range",
        "graceUntil, +1000000000-12-31T23:59:59Z, graceUntil, out_of_range",
        "number, 7, number, unknown_field",
    })
    void a_bad_version_is_refused_with_its_field(String name, String value, String field, String code) {
        post(path(program()), version(name, value))
                .statusCode(400)
                .body("errors[0].field", equalTo(field))
                .body("errors[0].code", equalTo(code));
    }

    @Test
    void terms_have_at_most_two_hundred_thousand_bytes() {
        String program = program();
        post(path(program), version("terms", "é".repeat(100_000))).statusCode(201);
        post(path(program), version("terms", "é".repeat(100_000) + "x"))
                .statusCode(400)
                .body("errors[0].code", equalTo("too_long"));
    }

    @Test
    void a_version_is_not_valid_before_the_one_before_it() {
        String program = program();
        id(post(path(program), version("validFrom", in(Duration.ofDays(7)))));
        post(path(program), version()).statusCode(400).body("errors[0].code", equalTo("before_previous"));
    }

    @Test
    void an_erased_person_accepted_still_but_nobody_knows_who() {
        String program = program();
        Enrollment who = enrolled(program);
        accept(who, id(post(path(program), version())));
        UUID affiliate = who.affiliateId();
        UUID top = new UUID(-1, -1);
        PersonalData.Row before =
                run(tx -> person.export(tx, affiliate, top, 10)).get(0);
        assertThat(before.data().getString("acceptedBy")).isEqualTo("subject-1");
        assertThat(run(tx -> person.export(tx, affiliate, before.id(), 10)).size())
                .isZero();
        assertThat(run(tx -> person.erase(tx, affiliate)).intValue()).isEqualTo(1);
        assertThat(run(tx -> person.erase(tx, affiliate)).intValue()).isZero();
        PersonalData.Row after =
                run(tx -> person.export(tx, affiliate, top, 10)).get(0);
        assertThat(after.data().getString("acceptedBy")).isEmpty();
        assertThat(after.data().getString("ipPrefix")).isEmpty();
        assertThat(after.data().getString("userAgent")).isEmpty();
        assertThat(after.data().getString("acceptedAt")).isEqualTo(before.data().getString("acceptedAt"));
        assertThat(mayCreate(who)).isTrue();
    }

    @Test
    void versions_made_at_once_get_a_number_each() {
        String program = program();
        List<Integer> numbers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i ->
                        post(path(program), version()).statusCode(201).extract().<Integer>path("number"))
                .sorted()
                .toList();
        assertThat(numbers).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void an_acceptance_that_is_sent_many_times_at_once_is_kept_once() {
        String program = program();
        Enrollment who = enrolled(program);
        String agreement = id(post(path(program), version()));
        IntStream.range(0, 8).parallel().forEach(i -> accept(who, agreement));
        as("support")
                .get(path(program) + "/" + agreement + "/acceptances")
                .then()
                .body("data", hasSize(1));
    }
}
