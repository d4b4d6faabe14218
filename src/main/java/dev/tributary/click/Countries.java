package dev.tributary.click;

import com.maxmind.db.CHMCache;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import dev.tributary.access.ClientAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A visitor's country as two capital letters: what a trusted CDN said, else what the address database knows, else none. */
final class Countries {
    private final @Nullable DatabaseReader database;

    Countries(Optional<Path> file) {
        try {
            database = file.isEmpty()
                    ? null
                    : new DatabaseReader.Builder(file.get().toFile())
                            .withCache(new CHMCache())
                            .build();
        } catch (IOException e) {
            throw new IllegalStateException("tributary.click.geoip-database cannot be read: " + file.orElseThrow(), e);
        }
    }

    String of(String told, String address) {
        if (told.length() == 2 && Character.isLetter(told.charAt(0)) && Character.isLetter(told.charAt(1))) {
            return told.toUpperCase(Locale.ROOT).equals("XX") ? "" : told.toUpperCase(Locale.ROOT);
        }
        byte[] bytes = database == null ? null : ClientAddress.bytes(address);
        if (database == null || bytes == null) return "";
        try {
            return database.tryCountry(InetAddress.getByAddress(bytes))
                    .map(answer -> answer.country().isoCode())
                    .filter(code -> code != null)
                    .orElse("");
        } catch (IOException | GeoIp2Exception e) {
            return "";
        }
    }
}
