package dev.tributary.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** What both embedded servers need of the operating system: a user that is not root, a free port, unpacked binaries. */
final class Native {
    /** PostgreSQL refuses to run as root; this is {@code nobody} on every Linux. */
    private static final int UNPRIVILEGED = 65_534;

    private Native() {}

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    static boolean isArm() {
        String arch = System.getProperty("os.arch");
        return arch.equals("aarch64") || arch.equals("arm64");
    }

    /**
     * A directory that the server's user can reach. For root that is the one asked for only where every parent may be
     * entered by others; else it lies under the temporary directory, named after the one asked for.
     */
    static Path reachable(Path wanted) {
        Path home = wanted.toAbsolutePath().normalize();
        try {
            if (isRoot() && !othersMayEnter(home)) {
                String name = "tributary-" + Integer.toHexString(home.toString().hashCode());
                home = Path.of(System.getProperty("java.io.tmpdir"), name);
            }
            Files.createDirectories(home);
            if (isRoot()) give(home);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean othersMayEnter(Path home) throws IOException {
        for (Path p = home.getParent(); p != null; p = p.getParent()) {
            if (Files.exists(p) && !Files.getPosixFilePermissions(p).contains(PosixFilePermission.OTHERS_EXECUTE))
                return false;
        }
        return true;
    }

    private static void give(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", UNPRIVILEGED, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", UNPRIVILEGED, LinkOption.NOFOLLOW_LINKS);
    }

    /** The command as the unprivileged user when this process is root, else as it is. */
    static List<String> unprivileged(List<String> command) {
        if (!isRoot()) return command;
        List<String> all = new ArrayList<>(
                List.of("setpriv", "--reuid=" + UNPRIVILEGED, "--regid=" + UNPRIVILEGED, "--clear-groups"));
        all.addAll(command);
        return all;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static void awaitPort(int port, Path log) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!answers(port)) {
            if (System.nanoTime() > deadline)
                throw new IllegalStateException("Nothing answers on " + port + ", see " + log);
            pause();
        }
    }

    static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command to its end in {@code directory}; its output goes to {@code log}. At most a minute. */
    static void run(Path directory, Path log, List<String> command) {
        try {
            Process process = new ProcessBuilder(unprivileged(command))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(
                        "Failed: " + String.join(" ", command) + "\n" + String.join("\n", Files.readAllLines(log)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Unpacks a {@code .txz} of the class path. The marker file is written last, so a cut-off unpacking starts again. */
    static void unpack(String resource, Path target) {
        Path marker = target.resolve(".unpacked");
        if (Files.exists(marker)) return;
        try (InputStream raw = resource(resource);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(raw))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(target, tar, entry);
            }
            Files.createFile(marker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path target, TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) throw new IOException("Entry outside the archive: " + entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    static InputStream resource(String name) throws IOException {
        InputStream stream = Native.class.getResourceAsStream("/" + name);
        if (stream == null) throw new IOException("Not on the class path: " + name);
        return stream;
    }
}
