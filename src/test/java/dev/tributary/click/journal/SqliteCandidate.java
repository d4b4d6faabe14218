package dev.tributary.click.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** SQLite with a write-ahead log and {@code synchronous=FULL}: one transaction a batch, so one fsync a batch. */
final class SqliteCandidate extends GroupCommit {
    /** What has landed is deleted in ranges; half a minute of a busy edge, so that the file stays bounded as ours does. */
    private static final int KEPT_ROWS = 250_000;

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement free;
    private long written;
    private long freed;

    SqliteCandidate(Path directory) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
        try (Statement setup = connection.createStatement()) {
            setup.execute("PRAGMA journal_mode = WAL");
            setup.execute("PRAGMA synchronous = FULL");
            setup.execute("CREATE TABLE click (id INTEGER PRIMARY KEY, record BLOB NOT NULL)");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO click (id, record) VALUES (?, ?)");
        free = connection.prepareStatement("DELETE FROM click WHERE id <= ?");
        start();
    }

    @Override
    void commit(List<byte[]> batch) throws SQLException {
        for (byte[] record : batch) {
            insert.setLong(1, ++written);
            insert.setBytes(2, record);
            insert.addBatch();
        }
        insert.executeBatch();
        if (written - freed > KEPT_ROWS) {
            freed += 1_000;
            free.setLong(1, freed);
            free.executeUpdate();
        }
        connection.commit();
    }

    @Override
    void release() throws SQLException {
        connection.close();
    }
}
