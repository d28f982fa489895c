package org.kopuro.testing;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;

/**
 * Accounts with a password as the owner's command makes them, but for its iterations: a stored hash says how many it took, and a test that signs in a hundred times is about
 * something else. What the product itself makes costs what it costs ({@code SigningInIT}).
 */
public final class TestAccounts {

    public static final String PASSWORD = "a password of a test";
    private static final String HASH = hash(PASSWORD);

    private TestAccounts() {
    }

    /** The login; the account's id is new. */
    public static String make(Role role, Contour contour, Optional<Inn> taxpayer, Optional<UUID> participant) {
        UUID id = UUID.randomUUID();
        String login = role.name().toLowerCase(Locale.ROOT) + "-" + id.toString().substring(0, 8);
        put(id, login, HASH, role, contour, taxpayer, participant, false);
        return login;
    }

    /** With several roles, as the owner's command gives them; the first is what it is made as. */
    public static String make(Contour contour, Optional<Inn> taxpayer, Optional<UUID> participant, Role... roles) {
        String login = make(roles[0], contour, taxpayer, participant);
        for (int i = 1; i < roles.length; i++) {
            Rows.change("insert into accounts.account_role (account_id, side, first_role, role, since) select id, side, role, ?, now() from accounts.account where login = ?", roles[i].name(), login);
        }
        return login;
    }

    public static void put(UUID id, String login, String hash, Role role, Contour contour, Optional<Inn> taxpayer, Optional<UUID> participant, boolean demo) {
        Rows.change("""
                insert into accounts.account (id, login, contour, role, full_name, taxpayer_inn, participant_id, password_hash, demo, created_at)
                values (?, ?, ?, ?, 'A Person', ?, ?, ?, ?, now())""", id, login, contour.name(), role.name(), taxpayer.map(Inn::digits).orElse(null), participant.orElse(null), hash, demo);
    }

    public static String hash(String password) {
        byte[] salt = new byte[16];
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1, 256)).getEncoded();
            return "PBKDF2WithHmacSHA512:1:" + Base64.getEncoder().encodeToString(salt) + ":" + Base64.getEncoder().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
