import java.io.ByteArrayInputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;

/** Gives affiliates 1 to N of the load's program a payout method each on the rail stripe, sealed as the application seals it. */
class Methods {
    private static final int AT_ONCE = 5_000;

    public static void main(String[] args) throws Exception {
        String url = args[0];
        int affiliates = Integer.parseInt(args[2]);
        Object master = made("dev.tributary.crypto.MasterKey", Optional.of(args[1]), Optional.<List<String>>empty());
        Object vault = made("dev.tributary.crypto.Vault", master);
        Method seal = vault.getClass().getMethod("seal", byte[].class, String.class);
        String keyId = (String) vault.getClass().getMethod("keyId").invoke(vault);
        try (Connection connection =
                DriverManager.getConnection("jdbc:" + url, System.getenv("QUARKUS_DATASOURCE_USERNAME"), "")) {
            for (int from = 1; from <= affiliates; from += AT_ONCE) {
                StringBuilder rows = new StringBuilder();
                for (int n = from; n < Math.min(from + AT_ONCE, affiliates + 1); n++) {
                    String id = "018f0000-0000-7000-a000-%012x".formatted(n);
                    String affiliate = "018f0000-0000-7000-8000-%012x".formatted(n);
                    byte[] name = ("acct_load" + n).getBytes(StandardCharsets.UTF_8);
                    String sealed = hex((byte[]) seal.invoke(vault, name, "payout_method.destination " + id));
                    String hash = hex(new byte[12]) + "%08x".formatted(n);
                    rows.append(String.join(
                                    "\t", id, affiliate, "stripe", "USD", "active", "load", "\\\\x" + sealed, "\\\\x" + sealed,
                                    "\\\\x" + hash, keyId, "load", "2026-01-01Z", "load", "2026-01-01Z"))
                            .append('\n');
                }
                connection.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                """
                                COPY payout_method (id, affiliate_id, rail, currency, state, hint, details, destination,
                                    destination_hash, key_id, chosen_by, created_at, confirmed_by, confirmed_at) FROM STDIN
                                """,
                                new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static Object made(String type, Object... arguments) throws Exception {
        Constructor<?> constructor = null;
        for (Constructor<?> each : Class.forName(type).getDeclaredConstructors())
            if (each.getParameterCount() == arguments.length) constructor = each;
        constructor.setAccessible(true);
        return constructor.newInstance(arguments);
    }
}
