package dev.tributary.access;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;

/** Tells which affiliate an account of the OIDC issuer is bound to; implemented by the room that owns affiliates. */
public interface PrincipalResolver {
    /**
     * The affiliate, or empty where the account is bound to none. Asked at most once a second an
     * account; who unbinds one also ends its keys ({@link ApiKeys#erase}), by which all instances are told.
     */
    Uni<Optional<UUID>> affiliateOf(String issuer, String subject);
}
