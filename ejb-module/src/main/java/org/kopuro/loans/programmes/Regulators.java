package org.kopuro.loans.programmes;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Says which programmes an account of a regulator may see, and whose it is (LOAN-135). */
@Stateless
public class Regulators {

    /** The role's name among the accounts'. */
    private static final String ROLE = "REGULATOR";
    private static final int ACCOUNTS_MAX = 1000;
    private static final int LOGIN_MAX = 64;
    private static final int NAME_MAX = 300;

    @Inject
    private RegulatorStore store;
    @Inject
    private Installation installation;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    public List<RegulatorView> list() {
        return store.list();
    }

    /** A further body that may watch programmes, in both contours; which ones, changes of them say. */
    public RegulatorView register(String code, Map<Language, String> names, Contour contour, Actor by) {
        installation.requireForBoth(contour, ProgrammeRefusal.PROGRAMMES_NOT_OF_THIS_CONTOUR);
        String checked = NewProgramme.matching(code, "code", NewProgramme.NAME);
        Map<Language, String> all = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            all.put(language, Input.text(names.get(language), "names." + language.tag(), NAME_MAX));
        }
        store.register(checked, all);
        ledger.record(LedgerEvent.itself("loans.regulator_registered", 1, Optional.empty(), "regulator", UUID.randomUUID(), clock.instant()).with("regulator", checked).with("actor", by.account())
                .with("actorRole", by.role()));
        return store.find(checked).orElseThrow();
    }

    /** Codes of the programmes whose regulator the account belongs to; none where it belongs to none. */
    public Set<String> programmesOf(UUID account) {
        return Set.copyOf(store.programmesOf(account));
    }

    /** Refuses a regulator what is another one's; whoever else acts is not concerned. */
    public void requireOwn(String programme, Actor by) {
        if (by.role().equals(ROLE) && !programmesOf(by.account().orElseThrow()).contains(programme)) {
            throw Refusal.of(ProgrammeRefusal.PROGRAMME_OF_ANOTHER_REGULATOR, "programme");
        }
    }

    /** Whose account it is now. */
    public List<RegulatorAccount> accounts(String regulator, Contour contour) {
        require(regulator);
        return store.accounts(regulator, contour, ACCOUNTS_MAX);
    }

    /** The account of that login, which has the role; refused where there is none in the contour. */
    public UUID accountOf(String login, Contour contour) {
        return store.account(Input.text(login, "login", LOGIN_MAX), contour).orElseThrow(() -> Refusal.of(ProgrammeRefusal.ACCOUNT_NOT_OF_A_REGULATOR, "login"));
    }

    /** An account that has the role becomes the regulator's; it is of one regulator at a time. */
    public void add(String regulator, UUID account, Contour contour, Actor by) {
        require(regulator);
        Instant at = clock.instant();
        UUID id = store.add(regulator, account, contour, at, by);
        ledger.record(event("loans.regulator_account_added", id, regulator, account, contour, at, by));
    }

    /** It is the regulator's no more, and sees no loan from now on. */
    public void remove(String regulator, UUID account, Contour contour, Actor by) {
        require(regulator);
        Instant at = clock.instant();
        UUID id = store.end(regulator, account, contour, at, by).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "account"));
        ledger.record(event("loans.regulator_account_removed", id, regulator, account, contour, at, by));
    }

    private void require(String regulator) {
        store.find(regulator).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "regulator"));
    }

    private static LedgerEvent event(String type, UUID id, String regulator, UUID account, Contour contour, Instant at, Actor by) {
        return LedgerEvent.of(type, 1, contour, "regulator_account", id, at).with("regulator", regulator).with("account", account).with("actor", by.account()).with("actorRole", by.role());
    }
}
