package dev.tributary.affiliate;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How an affiliate earns attention. */
@Schema(name = "PartnerType")
public enum PartnerType {
    CONTENT,
    INFLUENCER,
    COUPON,
    NEWSLETTER,
    AGENCY,
    RESELLER,
    OTHER;

    /** The word in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static PartnerType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
