package org.kopuro.access.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.accounts.AccountKind;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.participants.CertificatePurpose;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;
import org.kopuro.testing.TestDatabase;

/** Past all Java, what the application's role may not do to credentials (ACC-1, ACC-59, ACC-60): each rule of the database, broken once. */
class CredentialRulesIT {

    private static final String NO_RIGHT = "42501";
    private static final String STALE = "40001";
    private static final String ENDED = "what has ended does not begin again";

    private static final Node NODE = new Node(Node.inTest());
    private static final SignedIn ADMINISTRATOR = NODE.administrator();
    private static final UUID ROBOT = robot();
    private static final Node OTHER = new Node(Node.inTest());
    private static final SignedIn STRANGER = OTHER.administrator();
    private static final TestCertificates.Identity KEY = TestCertificates.elliptic(Scene.NOON);
    private static final ChallengeView CHALLENGE = NODE.challenge(ADMINISTRATOR, CertificatePurpose.SIGNING, KEY);
    private static final TestCertificates.Identity REGISTERED = TestCertificates.elliptic(Scene.NOON);
    private static final ChallengeView USED = used();
    private static final LinkView OPEN = NODE.link();

    /** Words of the statements below; the same for all of them. */
    private static final Map<String, Object> WORDS = Map.ofEntries(Map.entry("participant", NODE.scene.participant.id().value()), Map.entry("subsystem", NODE.scene.subsystem.id().value()),
            Map.entry("strangersSubsystem", OTHER.scene.subsystem.id().value()), Map.entry("administrator", ADMINISTRATOR.account()), Map.entry("stranger", STRANGER.account()),
            Map.entry("strangersPerson", OTHER.make(STRANGER, "person", AccountKind.PERSONAL, Role.PARTICIPANT).account().id()),
            Map.entry("official", Scene.OFFICIAL.account().orElseThrow()), Map.entry("robot", ROBOT), Map.entry("challenge", CHALLENGE.id()), Map.entry("used", USED.id()),
            Map.entry("link", OPEN.id()), Map.entry("der", HexFormat.of().formatHex(KEY.der())), Map.entry("otherDer", HexFormat.of().formatHex(TestCertificates.elliptic(Scene.NOON).der())),
            Map.entry("usedDer", HexFormat.of().formatHex(REGISTERED.der())), Map.entry("thumbprint", NODE.scene.certificate.thumbprint()), Map.entry("now", Scene.NOON),
            Map.entry("late", Scene.NOON.plus(Duration.ofHours(25))), Map.entry("new", UUID.randomUUID()));

    private static UUID robot() {
        UUID robot = NODE.make(ADMINISTRATOR, "robot", AccountKind.TECHNICAL, Role.PARTICIPANT).account().id();
        NODE.renew(ADMINISTRATOR, robot, Duration.ZERO);
        NODE.renew(ADMINISTRATOR, robot, Duration.ofHours(1));
        return robot;
    }

    private static ChallengeView used() {
        ChallengeView challenge = NODE.challenge(ADMINISTRATOR, CertificatePurpose.SIGNING, REGISTERED);
        NODE.register(ADMINISTRATOR, challenge, REGISTERED);
        return challenge;
    }

    static Stream<Arguments> certificates() {
        return Stream.of(
                broken("nobody knows whose it is", "certificate_event_possession", certificate("NOT_RECORDED", "null") + event(1, "NONE", "REGISTER", "REGISTERED", "official", "OPERATOR")),
                broken("a proof by key without a challenge", "certificate_possession_check", certificate("KEY", "null")),
                broken("a challenge and no proof by key", "certificate_possession_check", certificate("PAPER", "'{challenge}'")),
                broken("an administrator who shows no key", "certificate_event_possession",
                        certificate("PAPER", "null") + event(1, "NONE", "REGISTER", "REGISTERED", "administrator", "NODE_ADMINISTRATOR")),
                broken("an official who answers an administrator's challenge", "certificate_event_possession",
                        certificate("KEY", "'{challenge}'") + event(1, "NONE", "REGISTER", "REGISTERED", "official", "OPERATOR")),
                broken("another node's administrator", "certificate_event_own",
                        certificate("KEY", "'{challenge}'") + event(1, "NONE", "REGISTER", "REGISTERED", "stranger", "NODE_ADMINISTRATOR")),
                broken("another subsystem than the challenge's", "certificate_challenge_fk", certificate("KEY", "'{challenge}'").replace("{subsystem}", "{strangersSubsystem}")),
                broken("another certificate than the challenge's", "certificate_challenge_fk", certificate("KEY", "'{challenge}'").replace("{der}", "{otherDer}")),
                broken("another purpose than the challenge's", "certificate_challenge_fk", certificate("KEY", "'{challenge}'").replace("'SIGNING'", "'TLS'")),
                broken("another contour than the challenge's", "certificate_challenge_fk", certificate("KEY", "'{challenge}'").replace("'TEST'", "'PRODUCTION'")),
                broken("a challenge that was used", "certificate_challenge_open", certificate("KEY", "'{used}'").replace("{der}", "{usedDer}")),
                broken("a challenge that is over", "certificate_challenge_open", certificate("KEY", "'{challenge}'").replace("{now}", "{late}")),
                broken("a challenge that was never made", "certificate_challenge_open", certificate("KEY", "'{new}'")),
                broken("two purposes", "certificate_purpose_check", certificate("PAPER", "null").replace("'SIGNING'", "'ANY'")),
                broken("nobody who did it", "certificate_newest_event_fk", certificate("PAPER", "null")),
                broken("a thumbprint of something else", "certificate_thumbprint_check", certificate("PAPER", "null").replace("sha256('\\x{der}')", "'\\x{thumbprint}'")));
    }

    static Stream<Arguments> events() {
        return Stream.of(
                broken("nobody who did it", "certificate_event_actor_known", event(2, "REGISTERED", "BLOCK", "BLOCKED", "", "NOT_RECORDED")),
                broken("an official without a name", "certificate_event_actor_check", event(2, "REGISTERED", "BLOCK", "BLOCKED", "", "OPERATOR")),
                broken("no reason", "certificate_event_reason_check", event(2, "REGISTERED", "BLOCK", "BLOCKED", "official", "OPERATOR").replace("'in a test'", "''")),
                broken("another node's administrator", "certificate_event_own", event(2, "REGISTERED", "BLOCK", "BLOCKED", "stranger", "NODE_ADMINISTRATOR")),
                broken("an account that is no administrator", "certificate_event_own", event(2, "REGISTERED", "BLOCK", "BLOCKED", "robot", "NODE_ADMINISTRATOR")),
                broken("a participant's person", "certificate_event_side_check", event(2, "REGISTERED", "BLOCK", "BLOCKED", "robot", "PARTICIPANT")),
                broken("a calling system", "certificate_event_side_check", event(2, "REGISTERED", "BLOCK", "BLOCKED", "subsystem", "SUBSYSTEM")),
                broken("an administrator who unblocks", "certificate_event_side_check", event(2, "BLOCKED", "UNBLOCK", "REGISTERED", "administrator", "NODE_ADMINISTRATOR")),
                broken("an official who ends it", "certificate_event_end_check", event(2, "REGISTERED", "END", "ENDED", "official", "OPERATOR")),
                broken("the system that blocks", "certificate_event_end_check", event(2, "REGISTERED", "BLOCK", "BLOCKED", "", "SYSTEM")),
                broken("a way that is none", "certificate_event_transition_fk", event(2, "ENDED", "UNBLOCK", "REGISTERED", "official", "OPERATOR")),
                broken("a state that it is not in", STALE, event(2, "BLOCKED", "UNBLOCK", "REGISTERED", "official", "OPERATOR")),
                broken("a number left out", STALE, event(3, "REGISTERED", "BLOCK", "BLOCKED", "official", "OPERATOR")),
                broken("the other contour", "certificate_event_certificate_fk", event(2, "REGISTERED", "BLOCK", "BLOCKED", "official", "OPERATOR").replace("'TEST'", "'PRODUCTION'")),
                broken("a change without an event", "certificate changes by its events", "update participants.certificate set blocked_at = now() where thumbprint = '\\x{thumbprint}'"),
                broken("a changed key", NO_RIGHT, "update participants.certificate set der = der"),
                broken("a changed purpose", NO_RIGHT, "update participants.certificate set purpose = 'SIGNING'"),
                broken("a certificate that is gone", NO_RIGHT, "delete from participants.certificate where thumbprint = '\\x{thumbprint}'"),
                broken("an edited past", NO_RIGHT, "update participants.certificate_event set reason = 'x'"),
                broken("a past that is gone", NO_RIGHT, "delete from participants.certificate_event"));
    }

    static Stream<Arguments> challenges() {
        return Stream.of(
                broken("PRODUCTION", "certificate_challenge_contour_check", challenge().replace("'TEST'", "'PRODUCTION'")),
                broken("an official's", "certificate_challenge_role_check", challenge().replace("NODE_ADMINISTRATOR", "OPERATOR")),
                broken("by another node's administrator", "certificate_challenge_account_fk", challenge().replace("{administrator}", "{stranger}")),
                broken("for another participant's subsystem", "certificate_challenge_subsystem_fk", challenge().replace("{subsystem}", "{strangersSubsystem}")),
                broken("for more than a week", "certificate_challenge_expiry_check", challenge().replace("interval '1 day'", "interval '8 days'")),
                broken("for no time", "certificate_challenge_expiry_check", challenge().replace("interval '1 day'", "interval '0'")),
                broken("for everything", "certificate_challenge_purpose_check", challenge().replace("'SIGNING'", "'ANY'")),
                broken("used before it is issued", NO_RIGHT, challenge().replace("issued_by_role)", "issued_by_role, used_at)").replace("'NODE_ADMINISTRATOR')", "'NODE_ADMINISTRATOR', now())")),
                broken("used without a certificate", NO_RIGHT, "update access.certificate_challenge set used_at = issued_at where id = '{challenge}'"),
                broken("used again", NO_RIGHT, "update access.certificate_challenge set used_at = null where id = '{used}'"),
                broken("gone, and not counted", NO_RIGHT, "delete from access.certificate_challenge"));
    }

    static Stream<Arguments> accounts() {
        String account = "insert into accounts.account (id, login, contour, role, full_name, participant_id, kind, demo, state, events, created_at) values ('{new}', 'mole', 'TEST', ";
        String secret = "insert into accounts.secret (account_id, number, contour, participant_id, hash, state, issued_at) values ('{robot}', %d, 'TEST', '{participant}', 'x', '%s', now())";
        String issue = """
                insert into accounts.account_event (account_id, number, contour, participant_id, from_state, event, to_state, at, actor, actor_role, reason, secret_number)
                select id, events + 1, contour, participant_id, 'ACTIVE', 'ISSUE_SECRET', 'ACTIVE', '{now}', '{robot}', 'PARTICIPANT', 'in a test', 4 from accounts.account where id = '{robot}';
                """;
        return Stream.of(
                broken("an official", NO_RIGHT, account + "'OPERATOR', 'x', null, 'PERSONAL', false, 'ACTIVE', 1, now())"),
                broken("a login like an official's", NO_RIGHT, account + "'PARTICIPANT', 'x', '{participant}', 'PERSONAL', false, 'ACTIVE', 1, now())"),
                broken("a password", NO_RIGHT, "insert into accounts.account (id, login, contour, role, full_name, password_hash, demo, created_at) values ('{new}', 'mole', 'TEST', 'OPERATOR', 'x', 'x', false, now())"),
                broken("a promotion", NO_RIGHT, "update accounts.account set role = 'OPERATOR' where participant_id = '{participant}'"),
                broken("an official's other password", NO_RIGHT, "update accounts.account set password_hash = 'x' where role = 'OPERATOR'"),
                broken("a state without an event", NO_RIGHT, "update accounts.account set state = 'ACTIVE' where participant_id = '{participant}'"),
                broken("an account that is gone", NO_RIGHT, "delete from accounts.account where participant_id = '{participant}'"),
                broken("a secret that nobody issued", "secret_issued", secret.formatted(9, "CURRENT")),
                broken("a secret that is born a former one", "secret_issued", issue + secret.formatted(4, "FORMER")),
                broken("two secrets at once", "secret_two_unique", issue + secret.formatted(4, "CURRENT")),
                broken("another hash", NO_RIGHT, "update accounts.secret set hash = 'x'"),
                broken("a former secret that lives longer", "secret_former_to_its_time", "update accounts.secret set valid_until = valid_until + interval '1 hour' where account_id = '{robot}' and state = 'FORMER'"),
                broken("a former secret without a newer one", "secret_former_to_its_time",
                        "update accounts.secret set state = 'ENDED', ended_at = now() where account_id = '{robot}' and state = 'FORMER';"
                                + "update accounts.secret set state = 'FORMER', valid_until = '{now}' where account_id = '{robot}' and state = 'CURRENT'"),
                broken("an overlap of more than a week", "secret_former_to_its_time", issue + "update accounts.secret set state = 'ENDED', ended_at = now() where account_id = '{robot}' and state = 'FORMER';"
                                + "update accounts.secret set state = 'FORMER', valid_until = timestamptz '{now}' + interval '169 hours' where account_id = '{robot}' and state = 'CURRENT'"),
                broken("an ended secret that begins again", ENDED, "update accounts.secret set state = 'CURRENT', ended_at = null where account_id = '{robot}' and state = 'ENDED'"));
    }

    static Stream<Arguments> links() {
        String another = """
                insert into access.credential_link (id, participant_id, contour, procedure_code, connection_id, notice_id, address, token_sha256, issued_at, expires_at, issued_by, issued_by_role, state, closed_at)
                select '{new}', participant_id, contour, procedure_code, connection_id, notice_id, address, sha256('x'), issued_at, %s, issued_by, issued_by_role, %s
                  from access.credential_link where id = '{link}'""";
        return Stream.of(
                broken("one that begins used", "a link begins open", another.formatted("expires_at", "'ENDED', issued_at")),
                broken("two at once", "credential_link_notice_unique", another.formatted("expires_at", "'OPEN', null")),
                broken("one for a year", "credential_link_expiry_check", another.formatted("expires_at + interval '1 year'", "'OPEN', null")),
                broken("one that is used and brings nobody", "credential_link_redeemed_check", "update access.credential_link set state = 'REDEEMED', closed_at = issued_at where id = '{link}'"),
                broken("one that is used too late", "credential_link_in_time_check",
                        "update access.credential_link set state = 'REDEEMED', closed_at = expires_at, account_id = '{robot}' where id = '{link}'"),
                broken("one that brings another node's account", "credential_link_account_fk",
                        "update access.credential_link set state = 'REDEEMED', closed_at = issued_at, account_id = '{strangersPerson}' where id = '{link}'"),
                broken("one that is used again", ENDED, "update access.credential_link set state = 'OPEN', closed_at = null, account_id = null where participant_id = '{participant}' and state <> 'OPEN'"),
                broken("another token", NO_RIGHT, "update access.credential_link set token_sha256 = sha256('x')"),
                broken("one that is gone", NO_RIGHT, "delete from access.credential_link"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"certificates", "events", "challenges", "accounts", "links"})
    void isRefused(String what, String by, String sql) throws SQLException {
        assertEquals(by, refusal(sql));
    }

    /** What the refused statements look like when nothing is wrong with them: each of them would pass but for the one thing that is. */
    @Test
    void whatKeepsTheRulesIsNotRefused() throws SQLException {
        for (String sql : List.of(certificate("KEY", "'{challenge}'") + event(1, "NONE", "REGISTER", "REGISTERED", "administrator", "NODE_ADMINISTRATOR"),
                certificate("PAPER", "null") + event(1, "NONE", "REGISTER", "REGISTERED", "official", "OPERATOR"),
                event(2, "REGISTERED", "BLOCK", "BLOCKED", "official", "OPERATOR"), event(2, "REGISTERED", "BLOCK", "BLOCKED", "administrator", "NODE_ADMINISTRATOR"),
                event(2, "REGISTERED", "END", "ENDED", "", "SYSTEM"), challenge())) {
            try (Connection application = TestDatabase.shared().application().getConnection(); Statement statement = application.createStatement()) {
                application.setAutoCommit(false);
                statement.execute(filled(sql) + "; set constraints all immediate");
                application.rollback();
            }
        }
    }

    @Test
    void theApplicationGivesNoSecretToTheAuthoritysStaff() throws SQLException {
        UUID official = UUID.randomUUID();
        Rows.change("insert into accounts.account (id, login, contour, role, full_name, password_hash, demo, created_at) values (?, ?, 'TEST', 'OPERATOR', 'x', 'x', false, now())",
                official, "o" + official.toString().substring(0, 8));
        assertEquals("account_event_account_fk", refusal("""
                insert into accounts.account_event (account_id, number, contour, participant_id, from_state, event, to_state, at, actor, actor_role, reason, secret_number)
                values ('%1$s', 1, 'TEST', '{participant}', 'ACTIVE', 'ISSUE_SECRET', 'ACTIVE', now(), '%1$s', 'OPERATOR', 'x', 1)""".formatted(official)));
        assertEquals("secret_issued", refusal("insert into accounts.secret (account_id, number, contour, participant_id, hash, state, issued_at) values ('" + official
                + "', 1, 'TEST', '{participant}', 'x', 'CURRENT', now())"));
    }

    /** The owner, too. */
    @Test
    void anAccountOfBothSidesIsRefused() {
        UUID id = UUID.randomUUID();
        for (String role : List.of("OPERATOR", "TAXPAYER")) {
            assertTrue(assertThrows(IllegalStateException.class, () -> Rows.change(
                    "insert into accounts.account (id, login, contour, role, full_name, participant_id, password_hash, demo, created_at) values (?, ?, 'TEST', ?, 'x', ?, 'x', false, now())",
                    id, "both" + id.toString().substring(0, 8), role, NODE.scene.participant.id().value())).getMessage().contains("account_role_side_fk"));
        }
    }

    private static Arguments broken(String what, String by, String sql) {
        return Arguments.of(what, by, sql);
    }

    private static String certificate(String proof, String challenge) {
        return """
                insert into participants.certificate (thumbprint, subsystem_id, contour, purpose, proof, challenge_id, der, subject, not_before, not_after, registered_at, events)
                values (sha256('\\x{der}'), '{subsystem}', 'TEST', 'SIGNING', '%s', %s, '\\x{der}', 'CN=x', '2026-01-01', '2027-01-01', '{now}', 1);
                """.formatted(proof, challenge);
    }

    /** The first one of the new certificate, any other of the scene's. */
    private static String event(int number, String from, String event, String to, String actor, String role) {
        return """
                insert into participants.certificate_event (thumbprint, number, contour, from_state, event, to_state, at, actor, actor_role, reason)
                values (%s, %d, 'TEST', '%s', '%s', '%s', '{now}', %s, '%s', 'in a test')""".formatted(number == 1 ? "sha256('\\x{der}')" : "'\\x{thumbprint}'", number, from, event, to,
                actor.isEmpty() ? "null" : "'{" + actor + "}'", role);
    }

    private static String challenge() {
        return """
                insert into access.certificate_challenge (id, participant_id, contour, subsystem_id, purpose, thumbprint, issued_at, expires_at, issued_by, issued_by_role)
                values ('{new}', '{participant}', 'TEST', '{subsystem}', 'SIGNING', sha256('x'), now(), now() + interval '1 day', '{administrator}', 'NODE_ADMINISTRATOR')""";
    }

    private static String filled(String sql) {
        String filled = sql;
        for (Map.Entry<String, Object> word : WORDS.entrySet()) {
            filled = filled.replace("{" + word.getKey() + "}", word.getValue().toString());
        }
        return filled;
    }

    /** The constraint's name, else what the rule says of itself, else the state that PostgreSQL gives. */
    private static String refusal(String sql) throws SQLException {
        try (Connection application = TestDatabase.shared().application().getConnection(); Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            SQLException refused;
            try {
                refused = assertThrows(SQLException.class, () -> {
                    statement.execute(filled(sql));
                    // As a commit would; and what no rule refuses is undone.
                    statement.execute("set constraints all immediate");
                });
            } finally {
                application.rollback();
            }
            String own = refused.getMessage().replaceFirst("^ERROR: ", "").lines().findFirst().orElseThrow();
            return BrokenConstraint.in(refused).orElse("P0001".equals(refused.getSQLState()) ? own : refused.getSQLState());
        }
    }
}
