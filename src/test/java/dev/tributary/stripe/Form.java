package dev.tributary.stripe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What Stripe is sent: form fields whose names hold their place, such as {@code promotion[coupon]}. */
record Form(Map<String, String> fields) {
    static Form parse(String encoded) {
        Map<String, String> fields = new TreeMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
        return new Form(fields);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).filter(text -> !text.isEmpty());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> StubRefusal.of("Missing required param: " + name + ".", name));
    }

    Optional<Long> number(String name) {
        return text(name).map(text -> {
            if (!text.matches("-?[0-9]{1,15}")) throw StubRefusal.of("Invalid integer: " + text, name);
            return Long.valueOf(text);
        });
    }

    boolean flag(String name, boolean otherwise) {
        return text(name).map(Boolean::valueOf).orElse(otherwise);
    }

    /** The fields {@code name[...]}. */
    Map<String, String> below(String name) {
        return fields.entrySet().stream()
                .filter(field -> field.getKey().startsWith(name + "["))
                .collect(Collectors.toMap(
                        field -> field.getKey()
                                .substring(name.length() + 1, field.getKey().length() - 1),
                        Map.Entry::getValue,
                        (one, other) -> one,
                        TreeMap::new));
    }

    /** Stripe refuses what it does not know, and so finds what is written as in older versions of its API. */
    void onlyKnows(Set<String> names) {
        for (String field : fields.keySet()) {
            String name = field.replaceAll("\\[.*", "");
            if (!names.contains(name))
                throw new StubRefusal(
                        400, "invalid_request_error", "parameter_unknown", "Received unknown parameter: " + name, name);
        }
    }
}
