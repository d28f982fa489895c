package org.kopuro.companies;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.CompanyRegisterSettings;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Refusal;
import org.kopuro.outgoing.PeerAddress;
import org.kopuro.outgoing.PeerAnswer;
import org.kopuro.outgoing.PeerCall;
import org.kopuro.outgoing.PeerRefusal;
import org.kopuro.outgoing.Peers;
import org.kopuro.registers.Registers;
import org.kopuro.registers.TaxpayerView;

/** Asks the register that the settings name. Outside a transaction, because that may take as long as another agency does. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Companies {

    private static final int REASON_MAX = 1000;
    private static final int NAME_MAX = 512;

    @Inject
    private Registers registers;
    @Inject
    private Peers peers;
    @Inject
    private CompanyRecords records;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    /** @throws Refusal also where the external register gave no answer */
    public CompanyView check(Contour contour, Inn inn, String reason, Actor by) {
        String grounds = Input.text(reason, "reason", REASON_MAX);
        if (!inn.isOrganisation()) {
            throw Refusal.of(CompanyRefusal.INN_NOT_OF_AN_ORGANISATION, "inn");
        }
        Optional<String> external = Optional.ofNullable(installation.companyRegister().services().get(contour));
        CompanyView found = external.isPresent() ? external(PeerAddress.of(external.get()), contour, inn, by) : own(contour, inn);
        records.checked(contour, found, grounds, by);
        return found;
    }

    private CompanyView own(Contour contour, Inn inn) {
        Optional<TaxpayerView> known = registers.find(contour, inn);
        Optional<LocalDate> ended = known.map(TaxpayerView::endedOn);
        boolean over = ended.filter(day -> !day.isAfter(LocalDate.ofInstant(clock.instant(), Installation.ZONE))).isPresent();
        CompanyState state = known.isEmpty() ? CompanyState.NOT_FOUND : over ? CompanyState.ENDED : CompanyState.ACTIVE;
        return new CompanyView(UUID.randomUUID(), inn, CompanySource.OWN_REGISTER, state, known.map(TaxpayerView::fullName), known.map(TaxpayerView::registeredOn), ended, clock.instant(),
                Optional.empty());
    }

    private CompanyView external(PeerAddress register, Contour contour, Inn inn, Actor by) {
        CompanyRegisterSettings words = installation.companyRegister();
        // A question changes nothing there, and may be asked again.
        PeerAnswer answer = peers.ask(new PeerCall(contour, register, words.namespace(), words.request(), Map.of(words.inn(), inn.digits()), true, Optional.of(inn.digits()),
                Optional.empty(), by)).orRefuse();
        Optional<String> about = answer.text(words.inn());
        if (about.filter(other -> !other.equals(inn.digits())).isPresent()) {
            throw Refusal.of(PeerRefusal.PEER_ANSWER_UNUSABLE, "service", register.toString(), "another INN");
        }
        Optional<String> name = answer.text(words.name()).map(Companies::shown);
        Optional<String> ended = words.ended().flatMap(answer::text);
        CompanyState state = about.isEmpty() && name.isEmpty() ? CompanyState.NOT_FOUND : ended.isPresent() ? CompanyState.ENDED : CompanyState.ACTIVE;
        return new CompanyView(UUID.randomUUID(), inn, CompanySource.EXTERNAL_REGISTER, state, name, Optional.empty(), ended.flatMap(Companies::day), clock.instant(),
                Optional.of(answer.call()));
    }

    /** Of what another agency writes. */
    private static String shown(String name) {
        String line = name.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= NAME_MAX ? line : line.substring(0, NAME_MAX);
    }

    /** With or without a time or a zone; a day in another spelling is not guessed at. */
    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
