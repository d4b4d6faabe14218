package dev.tributary.program;

import static dev.tributary.program.OnboardingDatabaseTest.admin;
import static dev.tributary.program.OnboardingDatabaseTest.decide;
import static dev.tributary.program.OnboardingDatabaseTest.form;
import static dev.tributary.program.OnboardingDatabaseTest.person;
import static dev.tributary.program.OnboardingDatabaseTest.program;
import static dev.tributary.program.OnboardingDatabaseTest.registered;
import static dev.tributary.program.OnboardingDatabaseTest.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Applications below the API: what a provider's check tells, what is raced for, and what is forgotten. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class ApplicationsDatabaseTest {
    private static final String QUEUE = "/api/admin/applications/";

    @Inject
    Transactions transactions;

    @Inject
    Applications applications;

    @Inject
    PersonApplications person;

    @Inject
    OldApplications old;

    private static UUID id(String application) {
        return TypeId.APPLICATION.parse(application).orElseThrow();
    }

    private void set(String assignment, String application, Object value) {
        transactions
                .run(tx -> tx.preparedQuery("UPDATE application SET " + assignment + " = $2 WHERE id = $1")
                        .execute(Tuple.of(id(application), value)))
                .await()
                .indefinitely();
    }

    private void tell(String application, KycStatus finding) {
        transactions
                .run(tx -> applications.checked(tx, id(application), finding, "provider"))
                .await()
                .indefinitely();
    }

    @Test
    void a_check_that_is_under_way_keeps_an_application_from_being_approved_until_it_tells() {
        String program = program(Map.of("autoApprove", true));
        String application = registered(unique(), form(program));
        set("kyc_status", application, "pending");
        decide(application, "approve", Map.of()).statusCode(409);
        tell(application, KycStatus.CLEAR);
        tell(application, KycStatus.CLEAR);
        tell(application, KycStatus.REFUSED);
        admin().get(QUEUE + application)
                .then()
                .body("status", equalTo("approved"), "kycStatus", equalTo("clear"), "kycBy", equalTo("provider"))
                .body("decidedBy", equalTo("auto"));
        admin().get("/api/admin/audit?objectId=" + application)
                .then()
                .body("data.action", equalTo(List.of("application.kyc", "application.create")))
                .body("data[0].actorKind", equalTo("system"));
    }

    @Test
    void many_who_want_the_same_code_and_are_approved_at_once_get_one_each() throws Exception {
        String program = program(Map.of());
        String wanted = "RACE" + unique().toUpperCase(Locale.ROOT);
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            Map<String, Object> form = form(program);
            form.put("wantedCode", wanted);
            waiting.add(registered(unique(), form));
        }
        List<String> codes = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = waiting.stream()
                .map(application -> new Thread(() -> codes.add(decide(application, "approve", Map.of())
                        .statusCode(200)
                        .extract()
                        .path("referralCode"))))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) thread.join();
        assertThat(codes).hasSize(14).doesNotHaveDuplicates().contains(wanted).allMatch(ReferralCodes::isCode);
        assertThat(codes.stream().filter(code -> code.startsWith(wanted))).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void a_person_reads_their_applications_and_erasure_leaves_what_became_of_them() {
        String subject = unique();
        String application = registered(subject, form(program(Map.of())));
        decide(application, "reject", Map.of("reason", "Not for us, Eco")).statusCode(200);
        UUID affiliate = TypeId.AFFILIATE
                .parse(admin().get(QUEUE + application).path("affiliateId"))
                .orElseThrow();
        String archive = transactions
                .read(c -> person.export(c, affiliate, new UUID(-1, -1), 10))
                .await()
                .indefinitely()
                .toString();
        assertThat(archive).contains(application, "Posts about refills", "Not for us");
        assertThat(archive).doesNotContain("tester");
        assertThat(transactions.run(tx -> person.erase(tx, affiliate)).await().indefinitely())
                .isEqualTo(1);
        assertThat(transactions.run(tx -> person.erase(tx, affiliate)).await().indefinitely())
                .isZero();
        person(subject)
                .get("/api/affiliate/applications/" + application)
                .then()
                .statusCode(200)
                .body("status", equalTo("rejected"), "promotion", equalTo(""), "channels", equalTo(List.of()));
    }

    @Test
    void only_applications_that_came_to_nothing_are_forgotten() {
        String program = program(Map.of());
        String approved = registered(unique(), form(program));
        decide(approved, "approve", Map.of()).statusCode(200);
        String rejected = registered(unique(), form(program));
        decide(rejected, "reject", Map.of("reason", "No")).statusCode(200);
        OffsetDateTime longAgo = OffsetDateTime.parse("2020-01-01T00:00:00Z");
        for (String application : List.of(approved, rejected)) set("updated_at", application, longAgo);
        OffsetDateTime before = longAgo.plusDays(1);
        assertThat(transactions.read(c -> old.count(c, before)).await().indefinitely())
                .isEqualTo(1);
        assertThat(transactions.run(tx -> old.forget(tx, before, 10)).await().indefinitely())
                .isEqualTo(1);
        admin().get(QUEUE + rejected).then().statusCode(404);
        admin().get(QUEUE + approved).then().statusCode(200);
    }
}
