package dev.tributary.analytics.export;

import dev.tributary.id.TypeId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be exported: rows in the ascending order of their ids, cut into slices that are read one after the other.
 *
 * <p>Arguments of both queries: $1 the id after which a slice begins, $2 the last id that may be in it, $3 whose rows: the
 * program's id for staff, the enrollment's for affiliates.
 *
 * @param kind of the id in the first column
 * @param roles of staff who may have it; empty: affiliates have it
 * @param edge finds the last id of a slice, $4 rows after its first; nothing where fewer rows are left
 * @param from FROM and WHERE of a slice; has $4 where {@code fourth} says so
 */
record Dataset(
        String word,
        TypeId kind,
        Set<String> roles,
        Walk walk,
        String edge,
        String from,
        Fourth fourth,
        List<Column> columns) {
    Dataset {
        roles = Set.copyOf(roles);
        columns = List.copyOf(columns);
    }

    /** How the rows that count are found among all rows of the table, and how many are looked at for a slice. */
    enum Walk {
        /** By an index that has nothing but them. */
        INDEX(1_000),
        /** All rows in turn: those of one program are most of them. */
        SCAN(2_000),
        /** All rows of the hours in which the rollup says that there are some. */
        HOURS(2_000);

        /** Some 700 bytes each: a megabyte or two, of which two are in memory at most. */
        final int rows;

        Walk(int rows) {
            this.rows = rows;
        }
    }

    /** What else a slice is narrowed by. */
    enum Fourth {
        NOTHING,
        /** Only what was stored since, or null. */
        LANDED_FROM,
        /** The line within the first id, after which the slice begins. */
        LINE
    }

    String slice() {
        String shown = columns.stream().map(Column::sql).collect(Collectors.joining(", "));
        return "SELECT t.id, " + shown + " " + from;
    }

    /** The edge among the rows of a table that an index finds by a condition. */
    static String edge(String table, String condition) {
        return """
               SELECT t.id FROM %s t WHERE t.id > $1 AND t.id <= $2 AND %s
                ORDER BY t.id OFFSET $4 LIMIT 1
               """
                .formatted(table, condition);
    }

    /** The slice of a table by the same condition. */
    static String slice(String table, String joins, String condition) {
        return "FROM %s t %s WHERE t.id > $1 AND t.id <= $2 AND %s ORDER BY t.id".formatted(table, joins, condition);
    }
}
