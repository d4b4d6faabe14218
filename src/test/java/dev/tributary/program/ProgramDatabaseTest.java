package dev.tributary.program;

import static dev.tributary.program.Staff.PROGRAMS;
import static dev.tributary.program.Staff.as;
import static dev.tributary.program.Staff.enrollment;
import static dev.tributary.program.Staff.patch;
import static dev.tributary.program.Staff.program;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class ProgramDatabaseTest {
    private static String path(String program) {
        return PROGRAMS + "/" + program;
    }

    @Test
    void a_program_that_says_nothing_pays_a_tenth_from_fifty_after_thirty_days() {
        as("support")
                .get(path(program()))
                .then()
                .statusCode(200)
                .body("baseRateBps", equalTo(1_000))
                .body("attributionModel", equalTo("last_click"))
                .body("holdDays", equalTo(30))
                .body("minPayout", equalTo(Map.of("amount", 5_000, "currency", "USD")))
                .body("features", empty())
                .body("pages", empty())
                .body("autoApprove", equalTo(false))
                .body("leaderboard", equalTo(false))
                .body("twoTier", equalTo(false));
    }

    @Test
    void what_a_program_pays_is_changed_and_what_is_not_sent_stays() {
        String path = path(program());
        patch(
                        path,
                        """
                        {"baseRateBps": 2500, "attributionModel": "time_decay", "holdDays": 0, "autoApprove": true,
                         "minPayout": {"amount": 0, "currency": "USD"}, "features": ["deep links", "api", "api"],
                         "leaderboard": true, "twoTier": true,
                         "pages": [{"name": "Prices", "path": "/prices?plan=pro#yearly"}, {"name": "Über", "path": "/ü"}]}
                        """)
                .statusCode(200);
        patch(path, "{\"windowDays\": 60}")
                .statusCode(200)
                .body("baseRateBps", equalTo(2_500))
                .body("attributionModel", equalTo("time_decay"))
                .body("holdDays", equalTo(0))
                .body("minPayout.amount", equalTo(0))
                .body("features", contains("deep links", "api"))
                .body("autoApprove", equalTo(true))
                .body("leaderboard", equalTo(true))
                .body("twoTier", equalTo(true))
                .body("pages.name", contains("Prices", "Über"))
                .body("pages.path", contains("/prices?plan=pro#yearly", "/%C3%BC"));
        patch(path, "{\"pages\": []}").statusCode(200).body("pages", empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'baseRateBps': 10001} | 400 | baseRateBps | out_of_range",
                "{'baseRateBps': -1} | 400 | baseRateBps | out_of_range",
                "{'baseRateBps': 12.5} | 400 | baseRateBps | wrong_type",
                "{'attributionModel': 'best_guess'} | 400 | attributionModel | unknown_value",
                "{'holdDays': 366} | 400 | holdDays | out_of_range",
                "{'minPayout': {'amount': -1, 'currency': 'USD'}} | 422 | minPayout.amount | out_of_range",
                "{'minPayout': {'amount': 9223372036854775807, 'currency': 'USD'}} | 422 | minPayout.amount | out_of_range",
                "{'minPayout': {'amount': 1, 'currency': 'EUR'}} | 422 | minPayout.currency | other_currency",
                "{'minPayout': {'amount': 1}} | 400 | minPayout | wrong_type",
                "{'features': [null]} | 400 | features[0] | malformed",
                "{'features': ['<b>']} | 400 | features[0] | malformed",
                "{'pages': [null]} | 400 | pages[0].name | malformed",
                "{'pages': [{'name': 'X', 'path': '//evil.example'}]} | 400 | pages[0].path | malformed",
                "{'pages': [{'name': 'X', 'path': 'https://evil.example'}]} | 400 | pages[0].path | malformed",
                "{'pages': [{'name': 'X', 'path': '.evil.example/'}]} | 400 | pages[0].path | malformed",
                "{'pages': [{'name': '', 'path': '/x'}]} | 400 | pages[0].name | malformed",
                "{'minPayoutMinor': 1} | 400 | minPayoutMinor | unknown_field",
            })
    void a_bad_rule_is_refused_with_its_field(String body, int status, String field, String code) {
        patch(path(program()), body.replace('\'', '"'))
                .statusCode(status)
                .body("errors[0].field", equalTo(field))
                .body("errors[0].code", equalTo(code));
    }

    @Test
    void a_program_has_at_most_fifty_pages() {
        String page = "{\"name\": \"X\", \"path\": \"/x\"}";
        patch(path(program()), "{\"pages\": [" + page + (", " + page).repeat(50) + "]}")
                .statusCode(400)
                .body("errors[0].code", equalTo("too_many"));
    }

    @Test
    void the_currency_stays_once_amounts_depend_on_it() {
        String program = program();
        patch(path(program), "{\"currency\": \"EUR\"}").statusCode(200).body("minPayout.currency", equalTo("EUR"));
        enrollment(program);
        patch(path(program), "{\"currency\": \"USD\"}").statusCode(409);
        patch(path(program), "{\"currency\": \"EUR\", \"holdDays\": 14}").statusCode(200);
    }
}
