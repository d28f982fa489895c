package org.kopuro.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.kopuro.accounts.AccountRegister;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.registers.bulk.SyntheticTaxpayers;

/** The demo's accounts. Their passwords are made once and kept; each start gives the accounts these passwords again. */
public final class DemoAccounts {

    static final String OPERATOR = "operator";
    static final String TAXPAYER = "taxpayer";
    static final String COMPANY = "company";
    static final String BANK = "demo-bank";
    static final String LENDER = "loans-bank";
    static final String CONTROLLER = "loans-controller";
    static final String REGULATOR = "regulator";
    static final String METHODOLOGY = "minec";

    private final DemoFolder folder;
    private final Clock clock;

    public DemoAccounts(DemoFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** By login, but for those of banks, which do not exist yet, and of loans. An account of the same name that is no demo account keeps its password, and is not among them. */
    public Map<String, String> put(Connection owner) throws SQLException, IOException {
        Map<String, String> passwords = passwords();
        passwords.keySet().retainAll(List.of(OPERATOR, TAXPAYER, COMPANY));
        AccountRegister register = new AccountRegister(owner, clock);
        // One person looks at a demo: whatever one official does.
        put(register, passwords, OPERATOR, List.of(Role.OPERATOR, Role.AGREEMENTS_OFFICER, Role.SECURITY_OFFICER, Role.SERVICE_OWNER, Role.PROCEDURE_EDITOR), "Демо оператор", Optional.empty(), Optional.empty());
        put(register, passwords, TAXPAYER, List.of(Role.TAXPAYER), "Демо предприниматель Айбек", Optional.of(SyntheticTaxpayers.DEMO_ENTREPRENEUR), Optional.empty());
        put(register, passwords, COMPANY, List.of(Role.TAXPAYER), "Демо ОсОО", Optional.of(SyntheticTaxpayers.DEMO_ORGANISATION), Optional.empty());
        return passwords;
    }

    /** Of the bank that the demo has connected: as its program, it fetches notices and moves the clock of its tokens. */
    public Map<String, String> putBank(Connection owner, UUID participant) throws SQLException, IOException {
        String password = passwords().get(BANK);
        boolean put = new AccountRegister(owner, clock).put(BANK, password.toCharArray(), Contour.TEST, Role.PARTICIPANT, "Демо банк", Optional.empty(), Optional.of(participant), true);
        return put ? Map.of(BANK, password) : Map.of();
    }

    /** Of whoever has to do with loans: the lending bank's people, one of a regulator's, and the methodology's owner. */
    public Map<String, String> putLoans(Connection owner, UUID lender) throws SQLException, IOException {
        Map<String, String> passwords = passwords();
        passwords.keySet().retainAll(List.of(LENDER, CONTROLLER, REGULATOR, METHODOLOGY));
        AccountRegister register = new AccountRegister(owner, clock);
        put(register, passwords, LENDER, List.of(Role.BANK_OPERATOR), "Демо кредитный специалист", Optional.empty(), Optional.of(lender));
        put(register, passwords, CONTROLLER, List.of(Role.BANK_CONTROLLER), "Демо контролёр банка", Optional.empty(), Optional.of(lender));
        put(register, passwords, REGULATOR, List.of(Role.REGULATOR), "Демо регулятор", Optional.empty(), Optional.empty());
        put(register, passwords, METHODOLOGY, List.of(Role.METHODOLOGY_OWNER), "Демо методолог", Optional.empty(), Optional.empty());
        return passwords;
    }

    private static void put(AccountRegister register, Map<String, String> passwords, String login, List<Role> roles, String name, Optional<Inn> inn, Optional<UUID> participant)
            throws SQLException {
        if (!register.put(login, passwords.get(login).toCharArray(), Contour.TEST, roles, name, inn, participant, true)) {
            passwords.remove(login);
        }
    }

    private Map<String, String> passwords() throws IOException {
        Map<String, String> passwords = new LinkedHashMap<>();
        if (Files.exists(folder.accounts())) {
            for (String line : Files.readAllLines(folder.accounts())) {
                String[] words = line.strip().split("\\s+");
                if (words.length == 2) {
                    passwords.put(words[0], words[1]);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        Map<String, String> complete = new LinkedHashMap<>();
        for (String login : List.of(OPERATOR, TAXPAYER, COMPANY, BANK, LENDER, CONTROLLER, REGULATOR, METHODOLOGY)) {
            complete.put(login, passwords.getOrDefault(login, readable(new SecureRandom())));
            lines.add("%-16s %s".formatted(login, complete.get(login)));
        }
        if (!complete.equals(passwords)) {
            DemoFolder.writePrivately(folder.accounts(), String.join("\n", lines) + "\n");
        }
        return complete;
    }

    /** Four syllable pairs and a number, such as {@code tuvo-kame-ridu-sono-47}: 56 bits that can be read aloud. */
    public static String readable(Random random) {
        String consonants = "bdfghkmnprstvz";
        String vowels = "aeiou";
        StringBuilder password = new StringBuilder();
        for (int pair = 0; pair < 4; pair++) {
            for (int syllable = 0; syllable < 2; syllable++) {
                password.append(consonants.charAt(random.nextInt(consonants.length()))).append(vowels.charAt(random.nextInt(vowels.length())));
            }
            password.append('-');
        }
        return password.append(10 + random.nextInt(90)).toString();
    }
}
