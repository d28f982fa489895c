package org.kopuro.notices;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestApplication;

/** A mail server that a whole story sends its letters to. */
public final class PostOffice implements AutoCloseable {

    private final int port = freePort();
    private final GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Set<String> read = new HashSet<>();

    public PostOffice() {
        Letters.emptyTheOutbox();
        server.start();
    }

    /** With which a node finds it. */
    public Map<String, String> settings() {
        return Map.of("kopuro.smtp.host", "127.0.0.1", "kopuro.smtp.port", String.valueOf(port), "kopuro.smtp.starttls", "false", "kopuro.smtp.from", "notices@authority.example.kg");
    }

    /** What has arrived since the last look: the kind of notice, and the mailbox; as they were written, those of one instant of the test's clock by kind. */
    public List<String> arrived(TestApplication node) {
        while (Letters.rounds(node).turn() > 0) {
            Thread.onSpinWait();
        }
        try {
            Map<String, String> arrived = new TreeMap<>();
            for (MimeMessage message : server.getReceivedMessages()) {
                if (read.add(message.getMessageID())) {
                    UUID delivery = UUID.fromString(message.getMessageID().substring(1, 37));
                    String written = Rows.of("select to_char(n.written_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || n.kind from notices.delivery d join notices.notice n on n.id = d.notice_id where d.id = ?", delivery).get(0);
                    arrived.put(written + delivery, written.substring(20) + " " + message.getAllRecipients()[0]);
                }
            }
            return List.copyOf(arrived.values());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
