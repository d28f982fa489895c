package org.kopuro.notices;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mail server with moods, which a well-made one cannot be brought to: what it answers depends on how the recipient's address begins.
 */
final class ScriptedMailServer implements AutoCloseable {

    private final ServerSocket socket;
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    volatile String greeting = "220 moody ESMTP";
    volatile String answerToSender = "250 2.1.0 Ok";
    /** Whether "busy" mailboxes have become free. */
    volatile boolean busy = true;
    /** What it says that it knows. */
    volatile List<String> extensions = List.of();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    ScriptedMailServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "moody mail server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The addresses whose letters it took, in order. */
    List<String> accepted() {
        return accepted;
    }

    /** The envelopes that it was given, line by line. */
    List<String> commands() {
        return commands;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                connections.incrementAndGet();
                talk(client);
            } catch (IOException e) {
                // The client left, or the test is over.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.UTF_8);
        say(out, greeting);
        String recipient = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("MAIL FROM:") || line.startsWith("RCPT TO:")) {
                commands.add(line);
            }
            if (line.startsWith("EHLO") && !extensions.isEmpty()) {
                say(out, "250-moody");
                extensions.forEach(extension -> say(out, "250-" + extension));
                say(out, "250 HELP");
            } else if (line.startsWith("RCPT TO:")) {
                recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                say(out, recipient.startsWith("unknown") ? "550 5.1.1 <" + recipient + ">: Recipient address rejected: no such user"
                        : recipient.startsWith("busy") && busy ? "451 4.2.1 <" + recipient + "> try again later"
                        : recipient.startsWith("closing") ? "421 4.3.2 going down" : "250 2.1.5 Ok");
            } else if (line.startsWith("MAIL FROM:")) {
                say(out, answerToSender);
            } else if (line.equals("DATA")) {
                say(out, "354 go on");
                if (recipient.startsWith("drop")) {
                    return;
                }
                while (!".".equals(in.readLine())) {
                    continue;
                }
                if (recipient.startsWith("spam")) {
                    say(out, "554 5.7.1 we do not like this");
                } else {
                    accepted.add(recipient);
                    say(out, "250 2.0.0 queued");
                }
            } else if (line.equals("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                say(out, "250 Ok");
            }
        }
    }

    private static void say(PrintWriter out, String line) {
        out.print(line + "\r\n");
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
