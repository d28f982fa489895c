package org.kopuro.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** A secret that a letter tells is in the letter that leaves, and nowhere else. */
class SecretsInLettersIT {

    private final TestApplication application = new TestApplication("TEST", Scene.NOON);
    private final UUID participant = UUID.randomUUID();

    @Test
    void theLetterThatLeavesHoldsIt() {
        UUID notice = written("x", true);
        String secret = secretOf(notice);
        assertTrue(secret.matches("[A-Za-z0-9_-]{43}"), secret);
        assertTrue(leaving(notice).body().contains("https://tax.example/#" + secret), "the letter");
        assertEquals(List.of("0"), Rows.of("select count(*) from notices.notice t where t::text like '%' || ? || '%'", secret));
    }

    @Test
    void theCabinetShowsThatItIsMissing() {
        UUID notice = written("x", true);
        NoticeView shown = application.with(Notices.class, notices -> notices.forParticipant(participant, Contour.TEST, Optional.empty(), 10)).get(0);
        assertEquals(notice, shown.id());
        assertTrue(shown.body().contains("https://tax.example/#…"), shown.body());
        assertFalse(shown.body().contains(NoticeSecrets.MARK));
    }

    @Test
    void aLetterThatIsSentAgainByAnotherNodeHoldsTheSame() {
        UUID notice = written("x", true);
        String first = leaving(notice).body();
        application.clock().advance(Duration.ofHours(1));
        assertEquals(first, leaving(notice).body());
    }

    @Test
    void eachNoticeHasItsOwnAndOtherOnesHaveNone() {
        assertNotEquals(secretOf(written("x", true)), secretOf(written("x", true)));
        UUID plain = written("x", false);
        assertThrows(IllegalStateException.class, () -> secretOf(plain));
    }

    /** Whoever writes the mark into a fact of a plain notice gets no secret. */
    @Test
    void theMarkMeansNothingInAPlainNotice() {
        assertTrue(leaving(written(NoticeSecrets.MARK, false)).body().contains(NoticeSecrets.MARK));
    }

    private String secretOf(UUID notice) {
        return application.with(Notices.class, notices -> notices.secretOf(notice));
    }

    private UUID written(String answer, boolean secret) {
        NewNotice notice = NewNotice.of(NoticeKind.N24, UUID.randomUUID().toString(), "test", UUID.randomUUID(), Language.EN).inCabinetOf(participant).in(Contour.TEST).to("a@example.kg")
                .with(Letters.factsOf(NoticeKind.N24)).with("howToAnswer", answer);
        return application.with(Notices.class, notices -> notices.write(secret ? notice.withSecret("credentialsLink", "https://tax.example/#") : notice));
    }

    private Letter leaving(UUID notice) {
        String delivery = Rows.of("select id from notices.delivery where notice_id = ?", notice).get(0);
        Rows.change("update notices.delivery set next_attempt_at = '2020-01-01' where notice_id = ?", notice);
        return application.with(Outbox.class, Outbox::claim).stream().filter(letter -> letter.delivery().toString().equals(delivery)).findFirst().orElseThrow();
    }
}
