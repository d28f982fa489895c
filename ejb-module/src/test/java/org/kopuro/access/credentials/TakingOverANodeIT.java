package org.kopuro.access.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.Connections;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.access.requests.ProductWish;
import org.kopuro.accounts.AccountRefusal;
import org.kopuro.accounts.IssuedAccount;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.NoticeView;
import org.kopuro.notices.Notices;
import org.kopuro.participants.NewContact;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** The letter of a grant brings a link, and the link one administrator, once: ACC-59. */
class TakingOverANodeIT {

    private final Scene scene = Node.inTest();
    private final Node node = new Node(scene);

    @Test
    void theLetterOfAGrantCarriesALinkThatBringsTheFirstAdministrator() {
        RequestView request = granted();
        NoticeView letter = letterOf(request);
        assertEquals(NoticeKind.N04, letter.kind());
        LinkView link = links().get(0);
        assertEquals(letter.id(), link.notice());
        assertEquals(List.of("office@bank.example"), letter.deliveries().stream().map(NoticeView.Delivery::address).toList());
        IssuedAccount made = node.redeem(node.token(link), "a.asanov");
        assertEquals("a.asanov@" + scene.participant.id().value().toString().substring(0, 8) + ".test", made.account().login());
        SignedIn person = node.signIn(made).orElseThrow();
        assertEquals(Role.NODE_ADMINISTRATOR, person.role());
        assertEquals(Contour.TEST, person.contour());
        assertEquals(Optional.of(scene.participant.id().value()), person.participant());
        assertEquals(LinkState.REDEEMED, node.state(link));
        assertEquals(Optional.of(made.account().id()), links().get(0).account());
    }

    @Test
    void theTokenIsInNoRow() {
        RequestView request = granted();
        String token = node.token(links().get(0));
        assertEquals(43, token.length());
        assertTrue(letterOf(request).body().contains("/console/credentials#… "), letterOf(request).body());
        for (String table : List.of("notices.notice", "notices.delivery", "access.credential_link", "access.request", "ledger.entry", "kernel.secret")) {
            assertEquals(List.of("0"), Rows.of("select count(*) from " + table + " t where t::text like '%' || ? || '%'", token), table);
        }
    }

    @Test
    void aSecretIsKeptAsItsHashAlone() {
        IssuedAccount made = node.redeem(node.token(node.link()), "b.bakirova");
        for (String table : List.of("accounts.account", "accounts.secret", "accounts.account_event", "ledger.entry", "notices.notice")) {
            assertEquals(List.of("0"), Rows.of("select count(*) from " + table + " t where t::text like '%' || ? || '%'", made.secret().text().substring(2)), table);
        }
        assertFalse(made.toString().contains(made.secret().text()));
    }

    @Test
    void whereAnAdministratorIsTheLetterOfAGrantHoldsNoSecret() {
        scene.connect(Contour.TEST, "RU-422-696");
        node.administrator();
        int before = links().size();
        NoticeView letter = letterOf(granted());
        assertTrue(letter.body().contains("/console/credentials\n"), letter.body());
        assertEquals(before, links().size());
    }

    @ParameterizedTest
    @CsvSource({"used", "replaced", "too old", "ended with the connection", "of a contour not served here"})
    void aLinkThatIsGoodForNothingIsRefusedAsOneThatNeverWas(String why) {
        LinkView link = node.link();
        String token = node.token(link);
        TestApplication at = scene.application;
        switch (why) {
            case "used" -> node.redeem(token, "first");
            case "replaced" -> node.link();
            case "too old" -> scene.application.clock().advance(Credentials.VALIDITY);
            case "ended with the connection" -> scene.apply(ConnectionEvent.DISCONNECT);
            default -> at = new TestApplication("PRODUCTION", Scene.NOON);
        }
        TestApplication there = at;
        Node.assertRefused(CredentialRefusal.LINK_NOT_VALID, () -> there.run(Credentials.class, credentials -> credentials.redeem(token, "second", "A Person")));
    }

    @Test
    void aLinkIsGoodUntilItsLastMoment() {
        String token = node.token(node.link());
        scene.application.clock().advance(Credentials.VALIDITY.minusSeconds(1));
        node.redeem(token, "in.time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' or 1=1 --"})
    void nobodyGuesses(String token) {
        Node.assertRefused(CredentialRefusal.LINK_NOT_VALID, () -> node.redeem(token, "guesser"));
        Node.assertRefused(CredentialRefusal.LINK_NOT_VALID, () -> node.redeem("x".repeat(100_000), "guesser"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Upper", "with space", "a@b", "../x", "-dash", "ккк"})
    void aLoginThatCannotBeOneLeavesTheLinkAsItWas(String name) {
        LinkView link = node.link();
        Node.assertRefused(InputRefusal.FIELD_INVALID, () -> node.redeem(node.token(link), name));
        assertEquals(LinkState.OPEN, node.state(link));
    }

    @Test
    void aLoginThatIsTakenOnTheNodeLeavesTheLinkAsItWas() {
        node.redeem(node.token(node.link()), "same");
        LinkView link = node.link();
        Node.assertRefused(AccountRefusal.LOGIN_TAKEN, () -> node.redeem(node.token(link), "same"));
        assertEquals(LinkState.OPEN, node.state(link));
        Node elsewhere = new Node(Node.inTest());
        elsewhere.redeem(elsewhere.token(elsewhere.link()), "same");
    }

    @Test
    void ofTwoUsesOfALinkOnTwoNodesOneWins() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            LinkView link = node.link();
            String token = node.token(link);
            String name = "round" + round;
            Callable<Object> use = () -> {
                node.redeem(token, name);
                return "made";
            };
            List<Object> outcomes = Node.atOnce(Collections.nCopies(2, use));
            assertEquals(Set.of("made", CredentialRefusal.LINK_NOT_VALID), Set.copyOf(outcomes));
            assertEquals(List.of("1"), Rows.of("select count(*) from accounts.account where participant_id = ? and login like ?", scene.participant.id().value(), name + "@%"));
            node.application.clock().advance(Duration.ofDays(1));
        }
    }

    @Test
    void anotherLinkGoesWhereTheFormerOneWent() {
        granted();
        LinkView former = links().get(0);
        LinkView another = node.link();
        assertEquals("office@bank.example", another.address());
        assertEquals(LinkState.REPLACED, node.state(former));
        NoticeView letter = scene.application.with(Notices.class, notices -> notices.get(another.notice()));
        assertEquals(NoticeKind.N24, letter.kind());
        assertEquals(List.of("office@bank.example"), letter.deliveries().stream().map(NoticeView.Delivery::address).toList());
        assertTrue(letter.body().contains("09.03.2026"), letter.body());
    }

    @Test
    void ofTwoLinksAtOnceOneIsOpen() throws InterruptedException {
        Callable<Object> issue = node::link;
        List<Object> outcomes = Node.atOnce(Collections.nCopies(3, issue));
        assertTrue(outcomes.stream().allMatch(LinkView.class::isInstance), outcomes::toString);
        assertEquals(1, links().stream().filter(link -> link.state() == LinkState.OPEN).count());
    }

    @Test
    void linksAreIssuedADozenTimesADayAtMost() {
        for (int i = 0; i < Credentials.LINKS_A_DAY_MAX; i++) {
            node.link();
        }
        Node.assertRefused(CredentialRefusal.LINKS_TOO_MANY, node::link);
        scene.application.clock().advance(Duration.ofDays(1));
        node.link();
    }

    @Test
    void whoIsNotConnectedGetsNoLink() {
        scene.apply(ConnectionEvent.DISCONNECT);
        Node.assertRefused(AccountRefusal.NODE_NOT_CONNECTED, node::link);
        Node.assertRefused(AccountRefusal.NODE_NOT_CONNECTED, () -> scene.application.run(Credentials.class,
                credentials -> credentials.reissue(scene.participant.id(), Contour.PRODUCTION, Scene.OFFICIAL)));
    }

    @ParameterizedTest
    @EnumSource(value = LinkState.class, names = {"REDEEMED", "REPLACED", "ENDED"})
    void whatIsClosedIsNotOpenedAgainEvenByTheOwner(LinkState state) throws SQLException {
        LinkView link = node.link();
        switch (state) {
            case REDEEMED -> node.redeem(node.token(link), "user");
            case REPLACED -> node.link();
            default -> scene.apply(ConnectionEvent.DISCONNECT);
        }
        assertEquals(state, node.state(link));
        try (Connection owner = TestDatabase.shared().owner().getConnection();
                PreparedStatement sql = owner.prepareStatement("update access.credential_link set state = 'OPEN', closed_at = null, account_id = null where id = ?")) {
            sql.setObject(1, link.id());
            assertEquals("P0001", assertThrows(SQLException.class, sql::executeUpdate).getSQLState());
        }
    }

    @Test
    void whatALinkDoesIsInTheLedger() {
        LinkView link = node.link();
        IssuedAccount made = node.redeem(node.token(link), "user");
        assertEquals(List.of("OPEN", "REDEEMED"), Rows.of("select content::json -> 'data' ->> 'state' from ledger.entry where record_id = ? order by content::json ->> 'at', content::json -> 'data' ->> 'state'", link.id()));
        assertEquals(List.of("CREATE", "ISSUE_SECRET"), Rows.of("select content::json -> 'data' ->> 'event' from ledger.entry where record_id = ? order by 1", made.account().id()));
        assertEquals(List.of("0"), Rows.of("select count(*) from ledger.entry where content like '%office@bank.example%' or content like '%' || ? || '%'", made.account().login()));
    }

    private List<LinkView> links() {
        return scene.application.with(Credentials.class, credentials -> credentials.links(scene.participant.id(), Contour.TEST));
    }

    private NoticeView letterOf(RequestView request) {
        List<NoticeView> about = scene.application.with(Notices.class, notices -> notices.about("request", request.id().value()));
        return about.get(about.size() - 1);
    }

    private RequestView granted() {
        scene.application.run(Connections.class, connections -> connections.apply(connections.hold(scene.participant.id(), Contour.TEST, Scene.PROCEDURE).orElseThrow().id(),
                Contour.TEST, Scene.change(ConnectionEvent.DISCONNECT)));
        RequestView request = scene.application.with(Requests.class, requests -> requests.submit(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST,
                Scene.PROCEDURE, Optional.empty(), "office@bank.example", "Please connect us.", List.of(Scene.wish(scene.subsystem.id(), "headcount")),
                List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000")), Set.of(), Optional.empty(), Optional.empty())
                .naming(List.of(new ProductWish(scene.product(), false))), Scene.OFFICIAL));
        scene.application.clock().advance(Duration.ofSeconds(1));
        scene.application.run(Requests.class, requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
        for (String item : List.of("TAX_REGISTRATION", "EXCHANGE_REGISTRATION", "SERVICES_NAMED", "MEMBER_IDENTIFIER", "SUBSYSTEM", "RIGHTS_DOCUMENTS")) {
            scene.application.run(Requests.class, requests -> requests.check(request.id(), Contour.TEST, item, true, "", Scene.OFFICIAL));
        }
        scene.application.clock().advance(Duration.ofSeconds(1));
        return scene.application.with(Requests.class, requests -> requests.grant(request.id(), Contour.TEST, "in order", Scene.OFFICIAL));
    }
}
