package dev.tributary.payout.tax;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.crypto.Vault;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.UUID;

/** Tax forms as they are kept: the whole form as JSON, sealed under the row's name. */
@ApplicationScoped
class SealedForms {
    private final Vault vault;
    private final ObjectMapper mapper;

    SealedForms(Vault vault, ObjectMapper mapper) {
        this.vault = vault;
        // What a form says beyond its fields is computed, and written too.
        this.mapper = mapper.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** 422 where the installation has no master key: a taxpayer number is never kept in clear. */
    void requireOpen() {
        if (!vault.isOpen())
            throw new Problem(
                    ProblemKind.UNPROCESSABLE,
                    "This installation cannot keep tax forms: tributary.crypto.master-key is not set");
    }

    String keyId() {
        return vault.keyId();
    }

    byte[] seal(UUID id, SignedForm signed) {
        ObjectNode all = mapper.createObjectNode()
                .put("kind", signed.form().kind().word())
                .put("address", signed.address())
                .put("userAgent", signed.userAgent());
        all.set("form", mapper.valueToTree(signed.form()));
        try {
            return vault.seal(mapper.writeValueAsBytes(all), name(id));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tax form cannot be written", e);
        }
    }

    SignedForm open(UUID id, byte[] sealed) {
        try {
            JsonNode all = mapper.readTree(vault.open(sealed, name(id)));
            boolean w9 = FormKind.of(all.get("kind").asText()) == FormKind.W9;
            TaxForm form = w9
                    ? mapper.treeToValue(all.get("form"), W9.class)
                    : mapper.treeToValue(all.get("form"), W8Ben.class);
            return new SignedForm(
                    form, all.get("address").asText(), all.get("userAgent").asText());
        } catch (IOException e) {
            // The cause would show what stands there.
            throw new IllegalStateException("The sealed tax form %s cannot be read".formatted(id));
        }
    }

    static String name(UUID id) {
        return "tax_form " + id;
    }
}
