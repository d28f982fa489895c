package org.kopuro.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of mail systems (RFC 3464), which anybody may have written. */
class ReturnedMailTest {

    private static final UUID DELIVERY = UUID.fromString("0b4f2a8e-6c1d-4e57-9a3b-2d1c0f9e8a76");

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {"failed, 5.1.1, 'smtp; 550 5.1.1 <bank@example.kg>: no such user', BOUNCED 550 5.1.1", "Failed, 5.1.1 (bad address), none, BOUNCED 5.1.1",
        "FAILED, 4.4.7, 'x-local; 550 gone', BOUNCED 4.4.7", "failed, many, 'smtp;552 too big', BOUNCED 552", "failed, 9.1.1, none, BOUNCED"})
    void aFailureIsKeptAsItsCodesAndNothingThatItSays(String action, String status, String diagnostic, String problem) {
        String fields = "Action: " + action + "\r\nStatus: " + status + (diagnostic == null ? "" : "\r\nDiagnostic-Code: " + diagnostic);
        ReturnedMail read = ReturnedMail.read(report(Optional.of(DELIVERY.toString()), fields, "x@y")).orElseThrow();
        assertEquals(DELIVERY + " FAILED " + problem, read.delivery() + " " + read.action() + " " + read.problem().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"delivered", "relayed", "expanded", "delayed"})
    void whatIsNoFailureHasNoProblem(String action) {
        ReturnedMail read = ReturnedMail.read(report(Optional.of(DELIVERY.toString()), "Action: " + action + "\r\nStatus: 2.0.0", "x@y")).orElseThrow();
        assertEquals(new ReturnedMail(DELIVERY, ReportAction.named(action).orElseThrow(), Optional.of("2.0.0"), Optional.empty()), read);
    }

    @Test
    void withoutTheEnvelopesIdTheLettersOwnCounts() {
        assertEquals(Optional.of(DELIVERY), ReturnedMail.read(report(Optional.empty(), "Action: failed\r\nStatus: 5.0.0", DELIVERY + "@authority.example.kg")).map(ReturnedMail::delivery));
        assertEquals(Optional.empty(), ReturnedMail.read(report(Optional.empty(), "Action: failed\r\nStatus: 5.0.0", "else@authority.example.kg")));
        assertEquals(Optional.empty(), ReturnedMail.read(report(Optional.of("QQ314159"), "Action: failed\r\nStatus: 5.0.0", "else@authority.example.kg")));
    }

    @Test
    void ofSeveralRecipientsTheWorstCounts() {
        byte[] several = report(Optional.of(DELIVERY.toString()), "Action: delivered\r\nStatus: 2.0.0\r\n\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\nAction: delayed\r\nStatus: 4.0.0", "x@y");
        assertEquals(Optional.of("BOUNCED 5.2.2"), ReturnedMail.read(several).flatMap(ReturnedMail::problem));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Hello", "Content-Type: text/plain\r\n\r\nAction: failed", "Content-Type: multipart/report; report-type=delivery-status\r\n\r\nno parts",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n--b\r\n\r\n--b--", "Content-Type: \"", "Content-Type: multipart/report; report-type=delivery-status; boundary=\"\r\n\r\n"})
    void whatIsNoSuchReportIsNone(String message) {
        assertEquals(Optional.empty(), ReturnedMail.read(message.getBytes(StandardCharsets.UTF_8)));
    }

    /** Neither octets out of place nor a cut end brings anything but a report or none. */
    @Test
    void hostileInputBreaksNothing() {
        byte[] sound = report(Optional.of(DELIVERY.toString()), "Action: failed\r\nStatus: 5.1.1", DELIVERY + "@y");
        Random chance = new Random(61);
        for (int i = 0; i < 2000; i++) {
            byte[] bent = Arrays.copyOf(sound, i % 3 == 0 ? chance.nextInt(sound.length) : sound.length);
            for (int n = chance.nextInt(20); n >= 0 && bent.length > 0; n--) {
                bent[chance.nextInt(bent.length)] = (byte) chance.nextInt(256);
            }
            ReturnedMail.read(bent);
        }
        StringBuilder many = new StringBuilder("Action: delayed\r\nStatus: 4.0.0");
        many.append("\r\n\r\nAction: delayed\r\nStatus: 4.0.0".repeat(1500));
        assertEquals(Optional.of(ReportAction.DELAYED), ReturnedMail.read(report(Optional.of(DELIVERY.toString()), many.toString(), "x@y")).map(ReturnedMail::action));
    }

    static byte[] report(Optional<String> envelope, String recipient, String messageId) {
        return ("""
                Return-Path: <>
                From: MAILER-DAEMON@mail.example.kg
                To: notices@authority.example.kg
                Subject: Undelivered Mail Returned to Sender
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status;
                 boundary="=_part"

                --=_part
                Content-Type: text/plain; charset=us-ascii

                I'm sorry to have to inform you.
                --=_part
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mail.example.kg
                """.replace("\n", "\r\n") + envelope.map(id -> "Original-Envelope-Id: " + id + "\r\n").orElse("") + "\r\nFinal-Recipient: rfc822; bank@example.kg\r\n" + recipient + """

                --=_part
                Content-Type: text/rfc822-headers

                Message-ID: <%s>
                Subject: A letter
                --=_part--
                """.formatted(messageId).replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);
    }
}
