package dev.tributary.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over an operation and its request, the same for the same request whatever the order of its fields. */
final class Fingerprint {
    private final ObjectMapper sorted;

    Fingerprint(ObjectMapper mapper) {
        // Through a tree of sorted maps: a record's own order of components must not matter after an upgrade.
        sorted = mapper.copy().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
        // A field left out is not a field set to null: a PATCH means two things by them.
        sorted.setSerializationInclusion(JsonInclude.Include.NON_NULL);
        sorted.setConfig(sorted.getSerializationConfig().with(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY));
    }

    static Fingerprint plain() {
        return new Fingerprint(JsonMapper.builder().build());
    }

    byte[] of(String operation, Object request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(operation.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(sorted.writeValueAsBytes(request));
            return digest.digest();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The request of " + operation + " cannot be written as JSON", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
