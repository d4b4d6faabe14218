package dev.tributary.link;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The link cache as one file, so that a process started while PostgreSQL is away still redirects.
 *
 * <p>Written beside and moved into place after its fsync, ends with a CRC-32C; a file that does not check is as good as
 * none. Format: magic, count, then each target's fields in order, then the checksum.
 */
final class LinkSnapshot {
    private static final int MAGIC = 0x54524C32;

    private final Path file;

    LinkSnapshot(Path directory) {
        file = directory.resolve("links.snapshot");
    }

    void write(Collection<LinkTarget> live) throws IOException {
        List<LinkTarget> targets = List.copyOf(live);
        Path half = file.resolveSibling("links.snapshot.half");
        try (FileOutputStream raw = new FileOutputStream(half.toFile())) {
            CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(raw, 1 << 16), new CRC32C());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeInt(MAGIC);
            out.writeInt(targets.size());
            for (LinkTarget target : targets) write(out, target);
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
            raw.getFD().sync();
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Hands every target to the reader, but only after the whole file has been checked. False where there is none. */
    boolean read(Consumer<LinkTarget> reader) throws IOException {
        if (!Files.exists(file) || !checks()) return false;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            in.readInt();
            int count = in.readInt();
            for (int i = 0; i < count; i++) reader.accept(readTarget(in));
            return true;
        }
    }

    private boolean checks() throws IOException {
        try (CheckedInputStream checked = new CheckedInputStream(
                        new BufferedInputStream(Files.newInputStream(file), 1 << 16), new CRC32C());
                DataInputStream in = new DataInputStream(checked)) {
            if (in.readInt() != MAGIC) return false;
            int count = in.readInt();
            for (int i = 0; i < count; i++) readTarget(in);
            long computed = checked.getChecksum().getValue();
            return in.readLong() == computed;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static void write(DataOutputStream out, LinkTarget t) throws IOException {
        write(out, t.id());
        out.writeUTF(t.codeKey());
        write(out, t.affiliateId());
        out.writeUTF(t.referralCode());
        out.writeUTF(t.utmCampaign());
        out.writeUTF(t.destination());
        out.writeUTF(t.src());
        for (String sub : t.subs()) out.writeUTF(sub);
        out.writeBoolean(t.credited());
        out.writeLong(t.expiresAt());
        write(out, t.program().id());
        out.writeUTF(t.program().landingUrl());
        out.writeInt(t.program().allowedHosts().size());
        for (String host : t.program().allowedHosts()) out.writeUTF(host);
        out.writeUTF(t.program().utmSource());
        out.writeInt(t.program().windowDays());
        out.writeBoolean(t.program().honorGpc());
    }

    private static LinkTarget readTarget(DataInputStream in) throws IOException {
        return new LinkTarget(
                readId(in),
                in.readUTF(),
                readId(in),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                List.of(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF()),
                in.readBoolean(),
                in.readLong(),
                readProgram(in));
    }

    private static ProgramTarget readProgram(DataInputStream in) throws IOException {
        UUID id = readId(in);
        String landingUrl = in.readUTF();
        int count = in.readInt();
        if (count < 0 || count > 1_000) throw new IllegalArgumentException("Not a list of hosts");
        List<String> hosts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) hosts.add(in.readUTF());
        return new ProgramTarget(id, landingUrl, hosts, in.readUTF(), in.readInt(), in.readBoolean());
    }

    private static void write(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static UUID readId(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }
}
