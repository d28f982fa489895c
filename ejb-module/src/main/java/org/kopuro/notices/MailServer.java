package org.kopuro.notices;

import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.kopuro.installation.Installation;
import org.kopuro.installation.SmtpSettings;

/** One connection to the mail server. What it answers is sorted here into what concerns the letter and what concerns the server. */
final class MailServer implements AutoCloseable {

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(30);
    /** RFC 5321: the server is closing the connection, whatever was asked. */
    private static final int CLOSING = 421;

    private final Session session;
    private final Transport transport;
    private final String from;

    private MailServer(Session session, Transport transport, String from) {
        this.session = session;
        this.transport = transport;
        this.from = from;
    }

    /** The mail server cannot be used at all. */
    static final class Unusable extends Exception {

        private final Problem problem;

        Unusable(Problem problem, Exception cause) {
            super(problem.name(), cause);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    static MailServer connect(SmtpSettings settings) throws Unusable {
        Session session = Session.getInstance(properties(settings));
        try {
            Transport transport = session.getTransport("smtp");
            transport.connect(settings.host(), settings.port(), settings.user().orElse(null), settings.password().orElse(null));
            return new MailServer(session, transport, settings.from());
        } catch (AuthenticationFailedException e) {
            throw new Unusable(Problem.AUTHENTICATION_REFUSED, e);
        } catch (MessagingException e) {
            boolean insecure = e.getNextException() instanceof SSLException || String.valueOf(e.getMessage()).contains("STARTTLS");
            throw new Unusable(insecure ? Problem.SERVER_NOT_SECURE : Problem.SERVER_UNREACHABLE, e);
        }
    }

    private static Properties properties(SmtpSettings settings) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", String.valueOf(CONNECT_PATIENCE.toMillis()));
        properties.setProperty("mail.smtp.timeout", String.valueOf(ANSWER_PATIENCE.toMillis()));
        properties.setProperty("mail.smtp.writetimeout", String.valueOf(ANSWER_PATIENCE.toMillis()));
        properties.setProperty("mail.smtp.auth", String.valueOf(settings.user().isPresent()));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(settings.implicitTls()));
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(settings.startTls() && !settings.implicitTls()));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(settings.startTls() && !settings.implicitTls()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        // A server that stays silent after the last letter has it all the same.
        properties.setProperty("mail.smtp.quitwait", "false");
        return properties;
    }

    /** Hands one letter over to the server, or says why not; never throws for what a server or a letter is like. */
    Outcome send(Letter letter) {
        Optional<String> to = MailAddress.of(letter.address());
        if (to.isEmpty()) {
            return Outcome.of(Outcome.Kind.REJECTED, Problem.ADDRESS_NOT_POSSIBLE.name());
        }
        try {
            InternetAddress recipient = new InternetAddress(to.get(), true);
            SMTPMessage message = message(letter, recipient);
            transport.sendMessage(message, new Address[] {recipient});
            return Outcome.SENT;
        } catch (SendFailedException e) {
            return answered(e);
        } catch (MessagingException e) {
            return Outcome.of(Outcome.Kind.BROKEN, Problem.CONNECTION_LOST.name());
        }
    }

    /** Each letter has its own way to fail; only the codes tell whose fault it is and whether waiting helps. */
    private Outcome answered(SendFailedException failure) {
        Problem problem = Problem.CONTENT_REFUSED;
        int code = failure instanceof SMTPSendFailedException refused ? refused.getReturnCode() : -1;
        String reply = failure.getMessage();
        for (Exception cause = failure; cause instanceof MessagingException each; cause = each.getNextException()) {
            if (each instanceof SMTPAddressFailedException address) {
                problem = Problem.RECIPIENT_REFUSED;
                code = address.getReturnCode();
                reply = address.getMessage();
            } else if (each instanceof SMTPSenderFailedException sender) {
                problem = Problem.SENDER_REFUSED;
                code = sender.getReturnCode();
                reply = sender.getMessage();
            }
        }
        if (code < 400 || code == CLOSING || !transport.isConnected()) {
            return Outcome.of(Outcome.Kind.BROKEN, Problem.CONNECTION_LOST.with(code, reply));
        }
        // That our own address is not welcome says nothing about the recipient's: an operator will mend it.
        boolean forGood = code >= 500 && problem != Problem.SENDER_REFUSED;
        return Outcome.of(forGood ? Outcome.Kind.REJECTED : Outcome.Kind.DEFERRED, problem.with(code, reply));
    }

    private SMTPMessage message(Letter letter, InternetAddress recipient) throws MessagingException {
        String id = "<" + letter.delivery() + from.substring(from.lastIndexOf('@')) + ">";
        SMTPMessage message = new SMTPMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(new InternetAddress(from, true));
        message.setRecipient(Message.RecipientType.TO, recipient);
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setHeader("Date", date(letter.createdAt()));
        message.setHeader("Auto-Submitted", "auto-generated");
        // As octets, so that nothing depends on the handlers of contents that a server may have registered.
        byte[] body = letter.body().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        message.setDataHandler(new DataHandler(new ByteArrayDataSource(body, "text/plain; charset=UTF-8")));
        message.setHeader("Content-Transfer-Encoding", "base64");
        // RFC 3461: that a report comes back, and names the delivery, which nobody guesses. A server that does not know it is not asked.
        if (transport instanceof SMTPTransport smtp && smtp.supportsExtension("DSN")) {
            message.setNotifyOptions(SMTPMessage.NOTIFY_SUCCESS | SMTPMessage.NOTIFY_DELAY | SMTPMessage.NOTIFY_FAILURE);
            message.setReturnOption(SMTPMessage.RETURN_HDRS);
            message.setMailExtension("ENVID=" + letter.delivery());
        }
        message.saveChanges();
        return message;
    }

    /** The same in a second copy, so that only the path of the two differs. */
    private static String date(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atZone(Installation.ZONE));
    }

    @Override
    public void close() {
        try {
            transport.close();
        } catch (MessagingException e) {
            // Every letter has had its answer; how the connection ends changes none of them.
        }
    }
}
