import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;

/** Runs one SQL text (or the file after {@code @}) and prints the first column of the first row; JDBC comes from the jar. */
class Sql {
    public static void main(String[] args) throws Exception {
        String sql = args[1].startsWith("@") ? Files.readString(Path.of(args[1].substring(1))) : args[1];
        try (var connection = DriverManager.getConnection("jdbc:" + args[0], System.getenv("QUARKUS_DATASOURCE_USERNAME"), "");
                var statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                var rows = statement.getResultSet();
                System.out.println(rows.next() ? rows.getString(1) : "");
            }
        }
    }
}
