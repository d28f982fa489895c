package org.kopuro.documents;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Octets on their way in or out, in a temporary file that the server's user alone may open. It loses its name as soon as it is open:
 * nothing remains of it, however the server ends.
 */
public final class Spool implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;
    /** [data] What others on this disk, PostgreSQL among them, must find free. */
    private static final long ROOM_LEFT_MIN = 256L * 1024 * 1024;
    /** How much is written between two looks at the room. */
    private static final int STRIDE = 1024 * 1024;

    private final FileChannel channel;
    private final FileStore disk;
    private final long roomLeftMin;
    private long size;
    private long looked;

    /** @throws NoRoom where no file can be made */
    public Spool() {
        this(ROOM_LEFT_MIN);
    }

    Spool(long roomLeftMin) {
        this.roomLeftMin = roomLeftMin;
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            disk = Files.getFileStore(folder);
            channel = FileChannel.open(folder.resolve(".kopuro-document-" + UUID.randomUUID()), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                    StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new NoRoom(e);
        }
    }

    /** @throws NoRoom where the disk is full, or nearly */
    public void append(byte[] octets, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(octets, 0, length);
        try {
            if (size == 0 || size - looked > STRIDE) {
                looked = size;
                if (disk.getUsableSpace() < roomLeftMin) {
                    throw new IOException("Fewer than " + roomLeftMin + " octets are free.");
                }
            }
            while (buffer.hasRemaining()) {
                size += channel.write(buffer, size);
            }
        } catch (IOException e) {
            throw new NoRoom(e);
        }
    }

    public long size() {
        return size;
    }

    /** Octets from {@code position}, fewer than {@code length} only where the file ends. */
    byte[] octets(long position, int length) throws IOException {
        byte[] octets = new byte[(int) Math.max(0, Math.min(length, size - position))];
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("The temporary file ended before its size.");
            }
        }
        return octets;
    }

    public InputStream stream(long position) {
        return stream(position, size);
    }

    /** The octets from {@code position} to before {@code end}; streams are independent of one another. */
    InputStream stream(long position, long end) {
        return new InputStream() {
            private long at = position;
            private byte[] buffer = new byte[0];
            private int next;

            @Override
            public int read() throws IOException {
                return isOver() ? -1 : buffer[next++] & 0xFF;
            }

            @Override
            public int read(byte[] target, int from, int most) throws IOException {
                if (most == 0) {
                    return 0;
                }
                if (isOver()) {
                    return -1;
                }
                int length = Math.min(most, buffer.length - next);
                System.arraycopy(buffer, next, target, from, length);
                next += length;
                return length;
            }

            private boolean isOver() throws IOException {
                if (next == buffer.length && at < end) {
                    buffer = octets(at, (int) Math.min(BUFFER, end - at));
                    next = 0;
                    at += buffer.length;
                    if (buffer.length == 0) {
                        throw new EOFException("The file ends before what should be in it.");
                    }
                }
                return next == buffer.length;
            }
        };
    }

    void writeTo(OutputStream target) throws IOException {
        long position = 0;
        while (position < size) {
            position += channel.transferTo(position, size - position, Channels.newChannel(target));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
