package dev.tributary.promo.validate;

import java.util.UUID;

/**
 * What a validation needs to know of a code, as it stood when it was last heard of.
 *
 * @param code as it is shown, {@code key} as it is found
 * @param open whether it is active, its affiliate too, and there is a use left; its time is in the terms
 * @param version the higher, the newer
 */
record KnownCode(UUID id, String key, String code, Card card, boolean open, long version) {
    KnownCode with(Card shared) {
        return new KnownCode(id, key, code.equals(key) ? key : code, shared, open, version);
    }
}
