package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.LoanScene;
import org.kopuro.testing.TestAccounts;

/** Programs that are wrong, and people who mean harm, at every operation of the description: each is refused in the form that is described, or taken for what is described, and the server fails at nothing. */
interface FuzzedLoansOverRest {

    /** Of each operation; with {@code -Dkopuro.fuzz.requests} and {@code .seed} as many as one likes, and others. */
    int REQUESTS = Integer.getInteger("kopuro.fuzz.requests", 60);
    long SEED = Long.getLong("kopuro.fuzz.seed", 6);

    /** The container itself answers an address with a NUL, and takes dots for steps through the tree: another address then, or none. */
    private static boolean arrives(String address) {
        String path = address.replaceFirst("\\?.*", "");
        return !path.contains("%00") && Stream.of(path.split("/")).noneMatch(segment -> segment.matches("\\.{1,2}"));
    }

    @Test
    default void nothingThatIsSentMakesTheServerFail() {
        Situation situation = new Situation();
        List<String> found = new ArrayList<>();
        Map<String, Integer> sent = new TreeMap<>();
        Map<String, Integer> taken = new TreeMap<>();
        JqwikSession.run(() -> {
            HostileRequests requests = new HostileRequests(LoanDescription.shipped(), SEED);
            for (LoanDescription.Operation operation : LoanDescription.shipped().operations()) {
                for (int i = 0; i < REQUESTS; i++) {
                    LoanCaller caller = situation.caller(operation);
                    HostileRequests.Request request = requests.next(operation, situation.known(), situation.version());
                    HttpResponse<byte[]> response = answered(caller, request);
                    sent.merge(operation.id(), 1, Integer::sum);
                    try {
                        assertTrue(response.statusCode() < 500, () -> response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
                        if (arrives(request.address())) {
                            LoanDescription.shipped().assertDescribes(request.method(), request.address(), request.text(), response);
                        }
                    } catch (AssertionError e) {
                        found.add(operation.id() + ": " + HostileRequests.shortened(request) + "\n  " + e.getMessage().lines().limit(6).map(line -> line.length() > 500 ? line.substring(0, 500) : line)
                                .reduce("", (all, line) -> all + "\n  " + line));
                    }
                    if (response.statusCode() < 300) {
                        taken.merge(operation.id(), 1, Integer::sum);
                        situation.changed();
                    }
                }
            }
        });
        assertTrue(found.isEmpty(), () -> found.size() + " of " + sent + ", taken " + taken + "\n" + String.join("\n", found.subList(0, Math.min(25, found.size()))));
        assertEquals(LoanDescription.shipped().operations().size(), sent.size());
        assertTrue(sent.values().stream().allMatch(requests -> requests >= REQUESTS), sent::toString);
        assertTrue(taken.size() > sent.size() / 2, () -> "too little gets through to the rules: " + taken);
    }

    private static HttpResponse<byte[]> answered(LoanCaller caller, HostileRequests.Request request) {
        HttpResponse<byte[]> response = caller.http(request.method(), request.address(), request.body(), request.headers());
        while (response.statusCode() == 429) {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            response = caller.http(request.method(), request.address(), request.body(), request.headers());
        }
        return response;
    }

    /** Banks with a loan each, and officials for what is not a bank's; several of each, as requests are counted for each. */
    final class Situation {

        private static final int MANY = 12;

        private final LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        private final List<LoanCaller> banks = new ArrayList<>();
        private final Map<Role, List<LoanCaller>> officials = new EnumMap<>(Role.class);
        /** A few: drawn by chance, thousands of numbers would meet. */
        private final List<String> borrowers = Stream.generate(LoanCaller::aBorrower).limit(25).toList();
        private final List<String> loans = new ArrayList<>();
        private final List<Integer> versions = new ArrayList<>();
        /** Whose other people do what its operators may not. */
        private final UUID aside = LoanScene.aBank(Participants.APPLICATION, Contour.TEST, watched.programme());
        private int turn;
        private int bank;

        Situation() {
            for (int i = 0; i < MANY; i++) {
                banks.add(LoanCaller.ofANewBank(watched.programme()));
                loans.add(null);
                versions.add(0);
            }
            officials.put(Role.REGULATOR, List.of(LoanCaller.watching(watched.regulator()), LoanCaller.watching(watched.regulator()), LoanCaller.watching(watched.regulator())));
        }

        /** Somebody for whom the operation is; the loan is that of the bank whose turn it is. */
        LoanCaller caller(LoanDescription.Operation operation) {
            turn++;
            bank = turn % MANY;
            if (loans.get(bank) == null) {
                loans.set(bank, entered(banks.get(bank), LoanCaller.application(watched.programme(), borrower())));
                versions.set(bank, 1);
            }
            List<String> roles = new ArrayList<>();
            operation.described().path("x-roles").forEach(role -> roles.add(role.asText()));
            if (roles.isEmpty() || roles.contains(Role.BANK_OPERATOR.name())) {
                return banks.get(bank);
            }
            Role role = List.of(Role.REGULATOR, Role.METHODOLOGY_OWNER, Role.OPERATOR).stream().filter(one -> roles.contains(one.name())).findFirst().orElse(Role.valueOf(roles.get(0)));
            List<LoanCaller> people = officials.computeIfAbsent(role, one -> one.ofAuthority() ? List.of(inProduction(one), inProduction(one), inProduction(one))
                    : List.of(LoanCaller.of(one, aside)));
            return people.get(turn % people.size());
        }

        private static String entered(LoanCaller caller, String application) {
            HostileRequests.Request request = new HostileRequests.Request("POST", LoanCaller.LOANS, Map.of("Idempotency-Key", UUID.randomUUID().toString()), application.getBytes(StandardCharsets.UTF_8));
            return RestApi.created(Server.Response.of(answered(caller, request))).getString("id");
        }

        private static LoanCaller inProduction(Role role) {
            return new LoanCaller(TestAccounts.make(role, Contour.PRODUCTION, Optional.empty(), Optional.empty()));
        }

        private String borrower() {
            return borrowers.get(turn % borrowers.size());
        }

        Map<String, String> known() {
            Map<String, String> known = new HashMap<>(Map.of("id", loans.get(bank), "programme", watched.programme(), "applicationNumber", UUID.randomUUID().toString(), "inn", borrower(),
                    "regulator", watched.regulator(), "other", Optional.ofNullable(loans.get((bank + 1) % MANY)).orElse("00000000-0000-4000-8000-000000000000"), "procedure", "RU-1221"));
            known.put("code", turn % 2 == 0 ? watched.programme() : watched.regulator());
            return known;
        }

        int version() {
            return versions.get(bank);
        }

        /** What the loan has become, or a new one where it is at its end. */
        void changed() {
            JsonObject card = RestApi.json(banks.get(bank).get(LoanCaller.LOANS + "/" + loans.get(bank)));
            versions.set(bank, card.getInt("version", 0));
            if (!card.containsKey("status") || card.getString("status").equals("WITHDRAWN") || card.getString("status").equals("REJECTED") || turn % 5 == 0) {
                loans.set(bank, null);
            }
        }
    }
}
