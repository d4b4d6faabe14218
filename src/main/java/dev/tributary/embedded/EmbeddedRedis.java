package dev.tributary.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A real Redis 6.2 server on a loopback port; one that outlived its launcher is adopted by its pid and port files. */
public final class EmbeddedRedis {
    private final Path home;
    private int port;
    private long pid;

    private EmbeddedRedis(Path home) {
        this.home = home;
    }

    /** Starts, or adopts, the server whose data lies in {@code home}. */
    public static EmbeddedRedis start(Path home) {
        EmbeddedRedis server = new EmbeddedRedis(Native.reachable(home));
        try {
            if (!server.adopt()) {
                server.port = Native.freePort();
                server.launch();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return server;
    }

    private boolean adopt() throws IOException {
        if (!Files.exists(home.resolve("redis.address"))) return false;
        List<String> address = Files.readAllLines(home.resolve("redis.address"));
        pid = Long.parseLong(address.get(0));
        port = Integer.parseInt(address.get(1));
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(p -> p.info().command().orElse("").contains("redis-server"))
                .filter(p -> Native.answers(port))
                .isPresent();
    }

    private void launch() throws IOException {
        Process process = spawn(unpack("amd64"));
        if (!stays(process) && !Native.isArm()) process = spawn(unpack("386"));
        pid = process.pid();
        Native.awaitPort(port, home.resolve("server.log"));
        Files.write(home.resolve("redis.address"), List.of(Long.toString(pid), Integer.toString(port)));
    }

    /** The amd64 binary needs libssl 3; where that is missing it ends at once and the static i386 one is taken. */
    private boolean stays(Process process) {
        while (process.isAlive()) {
            if (Native.answers(port)) return true;
            Native.pause();
        }
        return false;
    }

    private Process spawn(Path binary) throws IOException {
        List<String> command = List.of(
                binary.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                home.toString(),
                "--appendonly",
                "yes",
                "--save",
                "",
                "--daemonize",
                "no",
                "--maxmemory",
                "512mb",
                "--maxmemory-policy",
                "volatile-lru");
        return new ProcessBuilder(Native.unprivileged(command))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("server.log").toFile()))
                .start();
    }

    private Path unpack(String architecture) throws IOException {
        String name = Native.isArm()
                ? "redis-server-6.2.7-linux-arm64"
                : architecture.equals("amd64") ? "redis-server-6.2.6-v5-linux-amd64" : "redis-server-6.2.7-linux-386";
        Path file = home.resolve("redis-server-" + architecture);
        if (!Files.exists(file)) {
            Path half = home.resolve("redis-server.half");
            try (InputStream in = Native.resource(name)) {
                Files.copy(in, half, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    /** Starts the server again on the same port, after {@link #kill()}. */
    public void restart() {
        try {
            launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server in an orderly way. */
    public void stop() {
        ProcessHandle.of(pid).ifPresent(p -> {
            p.destroy();
            p.onExit().join();
        });
    }

    /** {@code kill -9}. */
    public void kill() {
        ProcessHandle.of(pid).ifPresent(p -> {
            p.destroyForcibly();
            p.onExit().join();
        });
    }

    /** Stops the process where it stands: it still accepts connections, and answers nothing. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen server go on. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return pid;
    }
}
