package org.kopuro.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One kept-alive HTTP/1.1 connection. As little as possible: what the driver spends, the server lacks. */
final class Wire implements AutoCloseable {

    private static final int ANSWER_WITHIN_MILLIS = 30_000;

    private final int port;
    private Socket socket;
    private InputStream in;
    /** The server ends a connection after some hundred requests, and says so in the last answer. */
    private boolean ended;
    private byte[] buffer = new byte[64 * 1024];
    private int filled;
    private int read;

    Wire(int port) throws IOException {
        this.port = port;
        connect();
    }

    private void connect() throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
        in = socket.getInputStream();
    }

    /** @param body the answer's octets, without chunks */
    record Told(int status, byte[] body, int length) {

        boolean holds(byte[] marker) {
            outer:
            for (int i = 0; i <= length - marker.length; i++) {
                for (int j = 0; j < marker.length; j++) {
                    if (body[i + j] != marker[j]) {
                        continue outer;
                    }
                }
                return true;
            }
            return false;
        }

        @Override
        public String toString() {
            return status + " " + new String(body, 0, length, StandardCharsets.UTF_8);
        }
    }

    Told call(byte[] request) throws IOException {
        if (ended) {
            socket.close();
            connect();
            ended = false;
        }
        socket.getOutputStream().write(request);
        filled = 0;
        read = 0;
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = -1;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (header.startsWith("transfer-encoding:")) {
                chunked = header.contains("chunked");
            } else if (header.startsWith("connection:")) {
                ended = header.contains("close");
            }
        }
        if (!chunked && length < 0) {
            throw new IOException("The answer has neither a length nor chunks.");
        }
        byte[] body = chunked ? chunks() : octets(length);
        return new Told(status, body, body.length);
    }

    private byte[] chunks() throws IOException {
        byte[] body = new byte[0];
        for (int length = Integer.parseInt(line().strip(), 16); length > 0; length = Integer.parseInt(line().strip(), 16)) {
            byte[] chunk = octets(length);
            int before = body.length;
            body = Arrays.copyOf(body, before + length);
            System.arraycopy(chunk, 0, body, before, length);
            line();
        }
        line();
        return body;
    }

    private byte[] octets(int length) throws IOException {
        while (filled - read < length) {
            fill();
        }
        byte[] octets = Arrays.copyOfRange(buffer, read, read + length);
        read += length;
        return octets;
    }

    private String line() throws IOException {
        for (int i = read;; i++) {
            while (i + 1 >= filled) {
                fill();
            }
            if (buffer[i] == '\r' && buffer[i + 1] == '\n') {
                String line = new String(buffer, read, i - read, StandardCharsets.ISO_8859_1);
                read = i + 2;
                return line;
            }
        }
    }

    private void fill() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count = in.read(buffer, filled, buffer.length - filled);
        if (count < 0) {
            throw new IOException("The server closed the connection.");
        }
        filled += count;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
