package dev.tributary.analytics.figure;

import dev.tributary.analytics.rollup.Windows;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.UUID;

/** Reads over a hundred thousand rows, which PostgreSQL would compile first: that takes longer than to run them (measured). */
@ApplicationScoped
public class Reader {
    private static final String UNCOMPILED = "SET jit = off";

    private final Transactions transactions;

    Reader(Transactions transactions) {
        this.transactions = transactions;
    }

    public Uni<RowSet<Row>> read(String sql, Tuple asked) {
        return transactions.read(connection -> read(connection, sql, asked));
    }

    /** The same for a report that is kept. */
    public Uni<RowSet<Row>> readKept(String sql, Tuple asked) {
        return transactions.read(KeptReports.DEADLINE, connection -> read(connection, sql, asked));
    }

    /**
     * The same of a whole program since a day, for a report that is kept: the rollups are told that somebody asks for that
     * span.
     */
    public Uni<RowSet<Row>> readSince(UUID programId, LocalDate from, String sql, Tuple asked) {
        return transactions.read(KeptReports.DEADLINE, connection -> read(connection, sql, asked)
                .call(() -> Windows.asked(connection, programId, from)));
    }

    private static Uni<RowSet<Row>> read(SqlConnection connection, String sql, Tuple asked) {
        return connection.query(UNCOMPILED).execute().chain(() -> connection
                .preparedQuery(sql)
                .execute(asked));
    }
}
