package dev.tributary.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A small file system in memory that may be filled to its last byte. Needs root and the right to mount. */
final class SmallDisk implements AutoCloseable {
    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts it; fails where this process may not. */
    static SmallDisk mount(int megabytes) throws IOException {
        Path directory = Files.createTempDirectory("tributary-small-disk");
        int status = command(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + megabytes + "m,uid=65534,gid=65534,mode=777",
                "tmpfs",
                "" + directory);
        if (status != 0) {
            Files.delete(directory);
            throw new IOException("mount answers " + status);
        }
        return new SmallDisk(directory);
    }

    /** Whether such a disk can be had here. */
    static boolean possible() {
        try (SmallDisk disk = mount(1)) {
            return Files.isDirectory(disk.directory());
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    Path directory() {
        return directory;
    }

    /** Writes until nothing more fits. */
    void fill() {
        byte[] block = new byte[4_096];
        Arrays.fill(block, (byte) 1);
        try (OutputStream out = Files.newOutputStream(directory.resolve("ballast"))) {
            while (true) out.write(block);
        } catch (IOException full) {
            // That it is full is what was wanted.
        }
    }

    void empty() {
        try {
            Files.deleteIfExists(directory.resolve("ballast"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int command(String... words) throws IOException {
        try {
            return new ProcessBuilder(List.of(words))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (command("umount", "-l", directory.toString()) == 0) Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
