package dev.tributary.promo;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;

/** Settings of discount codes. */
@ConfigMapping(prefix = "tributary.promo")
public interface PromoConfig {
    /** For how many minutes an apply reserves its uses unless the merchant says otherwise. */
    @Min(5)
    @Max(1440)
    @WithDefault("30")
    int reserveMinutes();

    /** Codes held in the process, some 250 bytes each; others are looked up in Redis and PostgreSQL. */
    @Positive
    @WithDefault("2000000")
    int cacheSize();

    /** How often what changed is read, whatever notifications say. */
    @WithDefault("5S")
    Duration poll();

    /** How long Redis may tell of a code without asking PostgreSQL. */
    @WithDefault("30S")
    Duration sharedFor();

    /** Validations a minute that fail before an address is turned away. */
    @Positive
    @WithDefault("5")
    int failuresPerMinute();

    /** Failed validations a minute of all addresses together, beyond which one failure is enough. */
    @Positive
    @WithDefault("1000")
    int failuresOfAllPerMinute();

    /** Uses of one code in an hour that are noted for the fraud room. */
    @Positive
    @WithDefault("100")
    int velocityPerHour();

    /** Sites that publish codes: a validation that comes from one is noted for the fraud room. */
    @WithDefault("couponfollow.com,coupons.com,honey.io,joinhoney.com,rakuten.com,retailmenot.com,slickdeals.net")
    List<String> couponSites();
}
