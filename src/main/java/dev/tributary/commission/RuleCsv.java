package dev.tributary.commission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.page.Csv;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;

/** Commission rules as a table: one row a rule, its terms as the JSON that the API takes. */
@ApplicationScoped
class RuleCsv {
    private final ObjectMapper mapper;

    RuleCsv(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Of a program with this currency. */
    Csv<StoredRule> in(String currency) {
        return new Csv<RuleView>(
                        List.of(
                                "id",
                                "programId",
                                "version",
                                "kind",
                                "scope",
                                "enrollmentId",
                                "tierId",
                                "validFrom",
                                "validUntil",
                                "capPeriod",
                                "cap",
                                "currency",
                                "terms",
                                "active",
                                "createdAt"),
                        rule -> cells(rule, currency))
                .of(rule -> RuleView.of(rule, currency));
    }

    private List<String> cells(RuleView rule, String currency) {
        RuleView.CapInput cap = rule.cap();
        return List.of(
                rule.id(),
                rule.programId(),
                Integer.toString(rule.version()),
                rule.kind(),
                rule.scope().word(),
                Objects.toString(rule.enrollmentId(), ""),
                Objects.toString(rule.tierId(), ""),
                rule.validFrom().toString(),
                Objects.toString(rule.validUntil(), ""),
                cap == null || cap.period() == null ? "" : cap.period().word(),
                cap == null || cap.amount() == null
                        ? ""
                        : Long.toString(cap.amount().amount()),
                currency,
                terms(rule),
                Boolean.toString(rule.active()),
                rule.createdAt().toString());
    }

    private String terms(RuleView rule) {
        try {
            return mapper.writeValueAsString(rule.terms());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The terms of a rule cannot be written", e);
        }
    }
}
