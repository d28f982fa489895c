package org.kopuro.server;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.Set;
import org.kopuro.access.procedures.ProcedureCommand;
import org.kopuro.accounts.AccountRegister;
import org.kopuro.accounts.Role;
import org.kopuro.calendar.CalendarCommand;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.LedgerAdministration;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;
import org.kopuro.registers.bulk.RegistersCommand;
import org.kopuro.server.demo.DemoAccounts;

/** The command behind {@code bin/admin}: what only the owner of the schema may do, on the operator's database or a running bin/run's. */
public final class Admin {

    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int WRONG_USE = 2;

    private static final String USAGE = """
            usage: bin/admin registers …      (without more it says how)
                   bin/admin account add --login L --role ROLE[,ROLE…] --contour TEST|PRODUCTION --name N [--inn I] [--participant ID]
                       of the authority: OPERATOR (access officer), APPROVER, AGREEMENTS_OFFICER, SECURITY_OFFICER, SERVICE_OWNER, PROCEDURE_EDITOR; AUDITOR, alone
                       of a participant: PARTICIPANT (representative), NODE_ADMINISTRATOR, OPERATIONAL_CONTACT; of a taxpayer: TAXPAYER
                   bin/admin ledger add-witness VKEY
                   bin/admin ledger add-key
                   bin/admin calendar …       (without more it says how)
                   bin/admin procedure …      (without more it says how)
            An account that is there already gets a new password, keeps its first role, and has from now on the others that are named, and no more.
            The password is printed once and kept nowhere.""";
    private static final Set<String> OPTIONS = Set.of("login", "role", "contour", "name", "inn", "participant");

    private final Map<String, String> environment;
    private final Path root;
    private final PrintStream out;
    private final PrintStream err;

    private Admin(Map<String, String> environment, Path root, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.root = root;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(new Admin(System.getenv(), Path.of(System.getProperty("kopuro.root", ".")), out, err).run(arguments));
    }

    private int run(String[] arguments) {
        try {
            if (arguments.length >= 1 && arguments[0].equals("registers")) {
                return RegistersCommand.run(Arrays.copyOfRange(arguments, 1, arguments.length), out, err, asEnvironment(database(), keys()));
            }
            if (arguments.length >= 2 && arguments[0].equals("account") && arguments[1].equals("add")) {
                return addAccount(options(arguments));
            }
            if (arguments.length >= 2 && arguments[0].equals("ledger")) {
                return ledger(arguments);
            }
            if (arguments.length >= 1 && arguments[0].equals("calendar")) {
                return CalendarCommand.run(List.of(arguments).subList(1, arguments.length), out, err, () -> database().connectAsOwner(), Clock.systemUTC());
            }
            if (arguments.length >= 1 && arguments[0].equals("procedure")) {
                return ProcedureCommand.run(List.of(arguments).subList(1, arguments.length), out, err, () -> database().connectAsOwner(), Clock.systemUTC());
            }
            throw new IllegalArgumentException("no such command");
        } catch (IllegalArgumentException e) {
            err.println("error: " + e.getMessage());
            err.println(USAGE);
            return WRONG_USE;
        } catch (CannotStart e) {
            err.println("error: " + e.getMessage());
            return WRONG_USE;
        } catch (Refusal refusal) {
            err.println("refused: " + refusal.sentence(Language.EN) + " " + refusal.whatToDo(Language.EN));
            return REFUSED;
        } catch (SqlFailure e) {
            return refused(e.getCause());
        } catch (SQLException e) {
            return refused(e);
        }
    }

    private int refused(SQLException e) {
        // A constraint's name says which rule was broken; the message itself may hold a person's data.
        String message = String.valueOf(e.getMessage());
        String constraint = message.replaceAll("(?s).*constraint \"([a-z_]+)\".*", "$1");
        err.println("refused by the database: " + (constraint.equals(message) ? "SQLSTATE " + e.getSQLState() : constraint));
        return REFUSED;
    }

    private int addAccount(Map<String, String> options) throws SQLException {
        List<Role> roles = Arrays.stream(needed(options, "role").split(",")).map(Role::valueOf).distinct().toList();
        Role role = roles.get(0);
        Contour contour = Contour.valueOf(needed(options, "contour"));
        Optional<Inn> inn = Optional.ofNullable(options.get("inn")).map(text -> Inn.of(text, "inn"));
        if (inn.isPresent() != (role == Role.TAXPAYER)) {
            throw new IllegalArgumentException("--inn belongs to the role TAXPAYER and to no other");
        }
        Optional<UUID> participant = Optional.ofNullable(options.get("participant")).map(UUID::fromString);
        if (participant.isPresent() != role.ofParticipant()) {
            throw new IllegalArgumentException("--participant belongs to the roles PARTICIPANT, NODE_ADMINISTRATOR and OPERATIONAL_CONTACT and to no other");
        }
        String login = needed(options, "login");
        String password = DemoAccounts.readable(new SecureRandom());
        try (Connection owner = database().connectAsOwner()) {
            if (!new AccountRegister(owner, Clock.systemUTC()).put(login, password.toCharArray(), contour, roles, needed(options, "name"), inn, participant, false)) {
                err.println("refused: there is an account of this login with another contour, first role, taxpayer or participant, of the demo, blocked, ended, or with secrets");
                return REFUSED;
            }
        }
        out.println("login " + login + ", password " + password);
        return DONE;
    }

    private int ledger(String[] arguments) throws SQLException {
        try {
            if (arguments.length == 3 && arguments[1].equals("add-witness")) {
                try (Connection owner = database().connectAsOwner()) {
                    out.println(LedgerAdministration.addWitness(owner, arguments[2]) ? "admitted" : "admitted already");
                    return DONE;
                }
            }
            if (arguments.length == 2 && arguments[1].equals("add-key")) {
                VerifierKey key = LedgerAdministration.addKey(keys());
                out.println("new key " + key + ", used from each node's next start on");
                return DONE;
            }
        } catch (Unproven e) {
            err.println("refused: " + e.getMessage());
            return REFUSED;
        }
        throw new IllegalArgumentException("no such command");
    }

    private Database database() {
        Settings settings = Settings.from(environment, root);
        if (settings.ownDatabase().isPresent()) {
            return settings.ownDatabase().get();
        }
        Folders folders = new Folders(settings.var());
        try {
            String url = "jdbc:postgresql://127.0.0.1:" + Files.readString(folders.postgres().resolve("port")).strip() + "/" + EmbeddedDatabase.NAME;
            String password = Files.readString(RolePassword.file(folders.keys(), EmbeddedDatabase.OWNER)).strip();
            Database database = new Database(url, EmbeddedDatabase.OWNER, password, EmbeddedDatabase.OWNER, password);
            database.mustAnswer();
            return database;
        } catch (IOException e) {
            throw new CannotStart(Obstacle.DATABASE_UNREACHABLE, ("There is no database below %s: start bin/run first, or set KOPURO_DB_URL "
                    + "and the roles of an own database.").formatted(settings.var()), e);
        }
    }

    private Path keys() {
        return new Folders(Settings.from(environment, root).var()).keys();
    }

    private static Map<String, String> asEnvironment(Database database, Path keys) {
        return Map.of("KOPURO_DB_URL", database.url(), "KOPURO_DB_OWNER_USER", database.ownerUser(),
                "KOPURO_DB_OWNER_PASSWORD", database.ownerPassword(), "KOPURO_KEYS", keys.toString());
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 2; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!OPTIONS.contains(name) || i + 1 == arguments.length || options.put(name, arguments[i + 1]) != null) {
                throw new IllegalArgumentException(arguments[i] + " is not known, has no value, or is given twice");
            }
        }
        return options;
    }

    private static String needed(Map<String, String> options, String name) {
        return Optional.ofNullable(options.get(name)).filter(text -> !text.isBlank())
                .orElseThrow(() -> new IllegalArgumentException("--" + name + " is missing"));
    }
}
