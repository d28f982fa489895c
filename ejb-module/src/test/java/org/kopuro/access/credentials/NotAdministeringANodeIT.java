package org.kopuro.access.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.accounts.AccountEvent;
import org.kopuro.accounts.AccountKind;
import org.kopuro.accounts.AccountRefusal;
import org.kopuro.accounts.AccountState;
import org.kopuro.accounts.ApiAccounts;
import org.kopuro.accounts.NewApiAccount;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.CertificateState;
import org.kopuro.testing.Rows;

/** Nobody but a node administrator changes a node's accounts and certificates, and none of the node holds a role of another side: ACC-1, ACC-60. */
class NotAdministeringANodeIT {

    /** One node for all that is refused and changes nothing. */
    private static final Node NODE = new Node(Node.inTest());
    private static final SignedIn ADMINISTRATOR = NODE.administrator();
    private static final UUID ROBOT = NODE.make(ADMINISTRATOR, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT).account().id();
    private static final SignedIn PERSON = NODE.signIn(NODE.make(ADMINISTRATOR, "person", AccountKind.PERSONAL, Role.PARTICIPANT)).orElseThrow();

    @ParameterizedTest
    @EnumSource(value = Role.class, mode = EnumSource.Mode.EXCLUDE, names = "NODE_ADMINISTRATOR")
    void nobodyElseDoes(Role role) {
        UUID participant = NODE.scene.participant.id().value();
        SignedIn other = role == Role.PARTICIPANT ? PERSON
                : new SignedIn(role.ofParticipant() ? PERSON.account() : UUID.randomUUID(), "somebody", Contour.TEST, role, Optional.empty(), Optional.of(participant), role.ofParticipant() ? PERSON.secret() : Optional.empty());
        for (Node.Action action : Node.Action.values()) {
            Node.assertRefused(AccountRefusal.ADMINISTRATOR_ONLY, () -> NODE.act(action, other, ROBOT));
        }
        assertEquals(3, NODE.application.with(ApiAccounts.class, accounts -> accounts.of(participant, Contour.TEST)).stream()
                .filter(account -> account.state() == AccountState.ACTIVE && account.secrets().size() == 1).count());
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = {"OPERATOR", "APPROVER", "AUDITOR", "TAXPAYER"})
    void noRoleOfAnotherSideIsGiven(Role role) {
        Node.assertRefused(AccountRefusal.ROLE_OF_ANOTHER_SIDE, () -> new NewApiAccount("mole", AccountKind.PERSONAL, role, "A Person"));
    }

    @Test
    void aProgramAdministersNothing() {
        Node.assertRefused(InputRefusal.FIELD_INVALID, () -> new NewApiAccount("robot", AccountKind.TECHNICAL, Role.NODE_ADMINISTRATOR, "A program"));
    }

    @Test
    void theDatabaseHoldsTheSameTables() {
        Set<String> accounts = new HashSet<>(Set.of("NONE CREATE ACTIVE"));
        for (AccountState state : AccountState.values()) {
            for (AccountEvent event : AccountEvent.values()) {
                state.on(event).ifPresent(next -> accounts.add(state + " " + event + " " + next));
            }
        }
        assertEquals(accounts, new HashSet<>(Rows.of("select from_state || ' ' || event || ' ' || to_state from accounts.account_transition")));
        Set<String> certificates = new HashSet<>(Set.of("NONE REGISTER REGISTERED"));
        for (CertificateState state : CertificateState.values()) {
            for (CertificateEvent event : CertificateEvent.values()) {
                state.on(event).ifPresent(next -> certificates.add(state + " " + event + " " + next));
            }
        }
        assertEquals(certificates, new HashSet<>(Rows.of("select from_state || ' ' || event || ' ' || to_state from participants.certificate_transition")));
    }
}
