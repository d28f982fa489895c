package org.kopuro.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A node's wire to the database, which can be torn, so that both ends notice, or go silent, so that neither does; and be mended. */
public final class CutWire implements AutoCloseable {

    private enum State {
        WHOLE, TORN, SILENT
    }

    private final int database;
    private final ServerSocket entrance;
    private final Queue<Socket> ends = new ConcurrentLinkedQueue<>();
    private volatile State state = State.WHOLE;

    public CutWire(int database) throws IOException {
        this.database = database;
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Connections break, and new ones do not come about. */
    public void tear() {
        state = State.TORN;
        ends.forEach(CutWire::close);
    }

    /** Nothing arrives any more, either way, and nobody is told. */
    public void silence() {
        state = State.SILENT;
    }

    /** New connections come about again. What went silent breaks: its octets are lost. */
    public void mend() {
        ends.forEach(CutWire::close);
        ends.clear();
        state = State.WHOLE;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket node = entrance.accept();
                ends.add(node);
                if (state == State.TORN) {
                    close(node);
                } else if (state == State.WHOLE) {
                    Socket postgres = new Socket(InetAddress.getLoopbackAddress(), database);
                    ends.add(postgres);
                    start(() -> pass(node, postgres));
                    start(() -> pass(postgres, node));
                }
            } catch (IOException e) {
                // Closed, or the database is away: the node notices.
            }
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (state == State.WHOLE) {
                    out.write(buffer, 0, length);
                }
            }
        } catch (IOException e) {
            // Torn.
        }
        if (state != State.SILENT) {
            close(from);
            close(to);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket end) {
        try {
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        mend();
    }
}
