package org.kopuro.representation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.NewToken;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.TokenView;
import org.kopuro.consent.Tokens;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.DocumentView;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.registers.RegisterRows;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** A company, its accountant's firm, an accountant, and a participant for whom tokens are made. */
public final class MandateScene {

    static final String SERVICE = "TPpaymentDateByInn";
    static final Set<MandateRight> ALL = EnumSet.allOf(MandateRight.class);
    private static final AtomicInteger NUMBER = new AtomicInteger(new SecureRandom().nextInt(60_000));

    final Scene scene;
    public final Inn company = organisation();
    public final Inn firm = organisation();
    public final Inn accountant = person();

    MandateScene() {
        this(new Scene());
    }

    /** The same participant, other taxpayers. */
    public MandateScene(Scene scene) {
        this.scene = scene;
        for (Inn inn : List.of(company, firm, accountant)) {
            RegisterRows.aTaxpayer(scene.contour, inn);
        }
    }

    private static Inn organisation() {
        return new Inn("030021980%05d".formatted(NUMBER.incrementAndGet() + 10_000));
    }

    private static Inn person() {
        return new Inn("130021980%05d".formatted(NUMBER.incrementAndGet() + 10_000));
    }

    /** Somebody whom the register knows. */
    Inn somebody() {
        Inn inn = person();
        RegisterRows.aTaxpayer(scene.contour, inn);
        return inn;
    }

    TestApplication application() {
        return scene.application;
    }

    public Acting self(Inn inn) {
        return Acting.himself(scene.contour, inn);
    }

    void head(Inn organisation, Inn person, LocalDate since, LocalDate endedOn) {
        Rows.change("insert into registers.head (contour, inn, head_inn, since, ended_on) values (?, ?, ?, ?, ?)", scene.contour.name(), organisation.digits(), person.digits(), since, endedOn);
    }

    public NewMandate wish(Inn representative) {
        return wish(representative, ALL, Set.of(SERVICE, "headcount"), scene.today().plusDays(60));
    }

    NewMandate wish(Inn representative, Set<MandateRight> rights, Collection<String> services, LocalDate lastDay) {
        return new NewMandate(representative, rights, NewMandate.services(services), scene.today(), lastDay, power());
    }

    Ground power() {
        return new Ground(UUID.randomUUID().toString(), scene.today(), Optional.of("A notary of Bishkek"), Optional.empty());
    }

    public MandateId grant(NewMandate wish) {
        return application().with(Mandates.class, mandates -> mandates.grant(self(company), wish, Scene.TAXPAYER)).id();
    }

    /** From the company to the firm. */
    MandateId toFirm() {
        return grant(wish(firm));
    }

    /** From the firm to the accountant. */
    MandateId toAccountant(MandateId above) {
        return delegate(above, wish(accountant));
    }

    public MandateId delegate(MandateId above, NewMandate wish) {
        return application().with(Mandates.class, mandates -> mandates.delegate(self(firm).under(above), wish, Scene.TAXPAYER)).id();
    }

    MandateView get(Inn party, MandateId id) {
        return application().with(Mandates.class, mandates -> mandates.get(self(party), id));
    }

    public MandateView revoke(Inn party, MandateId id) {
        return application().with(Mandates.class, mandates -> mandates.revoke(self(party), id, Scene.TAXPAYER));
    }

    MandateView resign(Inn party, MandateId id) {
        return application().with(Mandates.class, mandates -> mandates.resign(self(party), id, Scene.TAXPAYER));
    }

    MandateState stored(MandateId id) {
        return MandateState.valueOf(Rows.of("select state from representation.mandate where id = ?", id.value()).get(0));
    }

    /** Until nothing is due: other tests leave mandates as well. */
    void look() {
        int written;
        do {
            written = application().with(MandateDates.class, MandateDates::look);
        } while (written > 0);
    }

    NewToken token(int days) {
        return token(Set.of(SERVICE), days);
    }

    NewToken token(Set<String> services, int days) {
        return new NewToken(scene.subsystem.id(), scene.today().plusDays(days), services, Language.EN);
    }

    public IssuedToken issue(Acting acting) {
        return issue(acting, token(30));
    }

    IssuedToken issue(Acting acting, NewToken wish) {
        return application().with(Tokens.class, tokens -> tokens.issue(acting, wish, Scene.TAXPAYER));
    }

    /** As the company sees it. */
    TokenView read(IssuedToken token) {
        return application().with(Tokens.class, tokens -> tokens.get(new Taxpayer(scene.contour, company), token.token().id()));
    }

    Answer<?> call(IssuedToken token) {
        return application().with(TaxServices.class, services -> services.tpPaymentDateByInn(scene.call(SERVICE, token.text()), company.digits(), "2025-05-01", "2025-05-31"));
    }

    void assertAnswered(IssuedToken token) {
        assertInstanceOf(Answer.Disclosed.class, call(token));
    }

    void assertRefused(ConsentRefusal code, IssuedToken token) {
        assertEquals(code, assertInstanceOf(Answer.Refused.class, call(token)).refusal().code());
    }

    static Refusal assertRefused(RefusalCode code, Executable action) {
        Refusal refusal = assertThrows(Refusal.class, action);
        assertEquals(code, refusal.code(), refusal::getMessage);
        return refusal;
    }

    void advance(int days) {
        application().clock().advance(Duration.ofDays(days));
    }

    public DocumentView file(Inn party) {
        try (Upload upload = Upload.receive("power.txt", new ByteArrayInputStream("I give power.".getBytes(StandardCharsets.UTF_8)), DocumentLimits.USUAL)) {
            return application().with(Mandates.class, mandates -> mandates.fileGround(self(party), upload, Scene.TAXPAYER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kinds of what a party was told, the oldest first. */
    List<String> told(Inn party) {
        return Rows.of("select kind from representation.tiding where contour = ? and told_inn = ? order by at, kind", scene.contour.name(), party.digits());
    }
}
