package dev.tributary.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A real PostgreSQL server on a loopback port, as safe as a production one ({@code fsync} on).
 *
 * <p>A server that outlived its launcher (killed hard, say) is adopted: {@code postmaster.pid} names its process and, on
 * line 4, its port. A stale file of a dead process is removed first, because PostgreSQL would wait on a reused pid.
 */
public final class EmbeddedPostgres {
    public static final String USER = "tributary";

    private final Path home;
    private final Path binaries;
    private final Path data;
    private int port;
    private long pid;

    private EmbeddedPostgres(Path home) {
        this.home = home;
        this.binaries = home.resolve("bin-18");
        this.data = home.resolve("data");
    }

    /** Starts, or adopts, the server whose data lies in {@code home}. */
    public static EmbeddedPostgres start(Path home) {
        EmbeddedPostgres server = new EmbeddedPostgres(Native.reachable(home));
        if (!server.adopt()) {
            server.prepare();
            server.launch();
        }
        return server;
    }

    private boolean adopt() {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) return false;
        try {
            List<String> lines = Files.readAllLines(file);
            Optional<ProcessHandle> running = lines.size() < 4
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                            .filter(ProcessHandle::isAlive)
                            .filter(p -> p.info().command().orElse("").contains("postgres"));
            if (running.isPresent()
                    && Native.answers(Integer.parseInt(lines.get(3).trim()))) {
                pid = running.get().pid();
                port = Integer.parseInt(lines.get(3).trim());
                return true;
            }
            running.ifPresent(ProcessHandle::destroyForcibly);
            Files.deleteIfExists(file);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepare() {
        Native.unpack(Native.isArm() ? "postgres-linux-arm_64.txz" : "postgres-linux-x86_64.txz", binaries);
        if (Files.exists(data.resolve("PG_VERSION"))) return;
        Native.run(
                home,
                log(),
                List.of(tool("initdb"), "-D", data.toString(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C"));
    }

    private void launch() {
        port = Native.freePort();
        begin();
    }

    private void begin() {
        String options =
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200"
                        + " -c shared_buffers=" + System.getProperty("tributary.embedded.shared-buffers", "256MB")
                        + " -c max_wal_size=2GB -c timezone=UTC -c logging_collector=off";
        Native.run(
                home,
                log(),
                List.of(
                        tool("pg_ctl"),
                        "-w",
                        "-D",
                        data.toString(),
                        "-l",
                        data.resolve("server.log").toString(),
                        "-o",
                        options,
                        "start"));
        readPid();
    }

    private void readPid() {
        try {
            pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server again on the same port, after {@link #kill()} or {@link #stop()}. */
    public void restart() {
        try {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begin();
    }

    /** Creates a database where there is none of that name. */
    public void createDatabase(String name) {
        sql(
                "postgres",
                "SELECT format('CREATE DATABASE %I', '" + name + "') WHERE NOT EXISTS (SELECT FROM pg_database WHERE"
                        + " datname = '" + name + "')");
    }

    /** Replaces a database by an empty one of the same name, cutting off whoever is connected. */
    public void recreateDatabase(String name) {
        sql("postgres", "SELECT 'DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)'");
        createDatabase(name);
    }

    /** Runs each statement that the query given answers. */
    private void sql(String database, String query) {
        try (var connection = java.sql.DriverManager.getConnection("jdbc:" + url(database), USER, "");
                var statement = connection.createStatement();
                var again = connection.createStatement()) {
            var rows = statement.executeQuery(query);
            while (rows.next()) again.execute(rows.getString(1));
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** Stops the server in an orderly way; connections are cut. */
    public void stop() {
        if (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            Native.run(home, log(), List.of(tool("pg_ctl"), "-w", "-D", data.toString(), "-m", "fast", "stop"));
        }
    }

    /**
     * Stops when every client has left, after ten seconds at the latest: the hooks of a virtual machine run side by side, and
     * the application still lands clicks in its own.
     */
    public void stopAfterClients() {
        if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) return;
        try {
            Native.run(
                    home,
                    log(),
                    List.of(tool("pg_ctl"), "-w", "-t", "10", "-D", data.toString(), "-m", "smart", "stop"));
        } catch (RuntimeException someoneStays) {
            stop();
        }
    }

    /** {@code kill -9} of the server and all its children, at once. */
    public void kill() {
        signal("KILL");
        while (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) Native.pause();
    }

    /** Stops every process of the server where it stands: it still accepts connections, and answers nothing. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen server go on. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        ProcessHandle.of(pid).ifPresent(server -> {
            List<String> pids = new java.util.ArrayList<>(List.of("kill", "-" + name, Long.toString(server.pid())));
            server.descendants().forEach(child -> pids.add(Long.toString(child.pid())));
            try {
                new ProcessBuilder(pids).start().waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    /** The address in Vert.x form; with {@code jdbc:} before it, in JDBC form. */
    public String url(String database) {
        return "postgresql://127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return pid;
    }

    public Path binaries() {
        return binaries.resolve("bin");
    }

    private Path log() {
        return home.resolve("launcher.log");
    }

    private String tool(String name) {
        return binaries().resolve(name).toString();
    }
}
