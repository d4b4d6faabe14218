package dev.tributary.affiliate;

/** An account of an identity provider, by which a person signs in. */
public record Account(String issuer, String subject) {
    public Account {
        if (issuer.isBlank() || subject.isBlank()) throw new IllegalArgumentException("An account has both parts");
    }
}
