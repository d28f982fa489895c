package org.kopuro.notices;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePartDataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report of a mail system about a letter of ours ({@code multipart/report} of {@code message/delivery-status}, RFC 3462 and 3464). Anybody may have written it: of its sentences nothing is
 * read or kept, and whoever does not know the delivery's id, which only our letter tells, reports nothing.
 *
 * @param problem of a failure: a word, and the codes of the reply and of RFC 3463
 */
record ReturnedMail(UUID delivery, ReportAction action, Optional<String> status, Optional<String> problem) {

    static final String BOUNCED = "BOUNCED";
    static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");

    /** Finding providers takes longer than reading. */
    private static final Session NO_SERVER = Session.getInstance(new Properties());
    private static final int PARTS_MAX = 10;
    private static final int GROUPS_MAX = 100;
    private static final int STATUS_PART_MAX = 32 * 1024;
    private static final Pattern LEADING_STATUS = Pattern.compile("^\\s*(" + STATUS + ")(?:\\s.*|\\(.*)?$", Pattern.DOTALL);
    private static final Pattern REPLY = Pattern.compile("^\\s*smtp\\s*;\\s*([245]\\d{2})\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern MESSAGE_ID = Pattern.compile("^\\s*<(" + UUID_TEXT + ")@[^<>\\s]{1,255}>\\s*$");

    /** Empty where it is no such report, or does not say of which letter. */
    static Optional<ReturnedMail> read(byte[] message) {
        try {
            MimeMessage mail = new MimeMessage(NO_SERVER, new ByteArrayInputStream(message));
            ContentType type = new ContentType(Optional.ofNullable(mail.getContentType()).orElse(""));
            if (!type.match("multipart/report") || !"delivery-status".equalsIgnoreCase(type.getParameter("report-type"))) {
                return Optional.empty();
            }
            // By its source: which handlers of contents a server has registered matters nothing.
            MimeMultipart parts = new MimeMultipart(new MimePartDataSource(mail));
            List<InternetHeaders> groups = new ArrayList<>();
            Optional<UUID> byLetter = Optional.empty();
            for (int i = 0; i < Math.min(parts.getCount(), PARTS_MAX); i++) {
                BodyPart part = parts.getBodyPart(i);
                Optional<UUID> before = byLetter;
                if (part.isMimeType("message/delivery-status") && groups.isEmpty()) {
                    groups.addAll(groups(part));
                } else if (part.isMimeType("text/rfc822-headers") || part.isMimeType("message/rfc822")) {
                    byLetter = found(MESSAGE_ID, headers(part), "Message-ID").map(UUID::fromString).or(() -> before);
                }
            }
            return said(groups, byLetter);
        } catch (MessagingException | IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<ReturnedMail> said(List<InternetHeaders> groups, Optional<UUID> byLetter) {
        if (groups.size() < 2) {
            return Optional.empty();
        }
        Optional<UUID> delivery = Optional.ofNullable(groups.get(0).getHeader("Original-Envelope-Id", null)).map(String::strip)
                .filter(id -> UUID_TEXT.matcher(id).matches()).map(UUID::fromString).or(() -> byLetter);
        // A letter of ours has one recipient; where a system behind it speaks of several, the worst counts.
        Optional<InternetHeaders> worst = Optional.empty();
        Optional<ReportAction> action = Optional.empty();
        for (InternetHeaders group : groups.subList(1, groups.size())) {
            Optional<ReportAction> one = Optional.ofNullable(group.getHeader("Action", null)).flatMap(ReportAction::named);
            if (one.isPresent() && (action.isEmpty() || one.get().compareTo(action.get()) > 0)) {
                action = one;
                worst = Optional.of(group);
            }
        }
        if (delivery.isEmpty() || action.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> status = found(LEADING_STATUS, worst.get(), "Status");
        Optional<String> reply = found(REPLY, worst.get(), "Diagnostic-Code");
        return Optional.of(new ReturnedMail(delivery.get(), action.get(), status, action.filter(ReportAction.FAILED::equals).map(failed -> problem(reply, status))));
    }

    static String problem(Optional<String> reply, Optional<String> status) {
        return BOUNCED + reply.map(" "::concat).orElse("") + status.map(" "::concat).orElse("");
    }

    /** Fields of the message first, then of each recipient; an empty line lies between them. */
    private static List<InternetHeaders> groups(BodyPart part) throws MessagingException, IOException {
        String text;
        try (InputStream in = part.getInputStream()) {
            text = new String(in.readNBytes(STATUS_PART_MAX), StandardCharsets.ISO_8859_1);
        }
        List<InternetHeaders> groups = new ArrayList<>();
        for (String group : text.replace("\r\n", "\n").strip().split("\n[ \t]*\n", GROUPS_MAX)) {
            groups.add(new InternetHeaders(new ByteArrayInputStream((group.strip() + "\n\n").getBytes(StandardCharsets.ISO_8859_1))));
        }
        return groups;
    }

    private static InternetHeaders headers(BodyPart part) {
        try (InputStream in = part.getInputStream()) {
            return new InternetHeaders(new ByteArrayInputStream(in.readNBytes(STATUS_PART_MAX)));
        } catch (MessagingException | IOException e) {
            return new InternetHeaders();
        }
    }

    private static Optional<String> found(Pattern pattern, InternetHeaders headers, String name) {
        Matcher matcher = pattern.matcher(Optional.ofNullable(headers.getHeader(name, null)).orElse(""));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
