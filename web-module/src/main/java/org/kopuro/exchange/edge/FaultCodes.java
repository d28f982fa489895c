package org.kopuro.exchange.edge;

import java.util.Locale;
import org.kopuro.access.AccessRefusal;
import org.kopuro.exchange.ExchangeRefusal;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.exchange.metaservices.MetaserviceRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.FaultDialect;

/**
 * X-Road fault codes, in both spellings: CamelCase up to X-Road 7.7, snake_case from 7.8. Where a Security Server would have
 * answered in our place had the caller gone through one, the code is that server's; all others begin with {@code Client}, or
 * with {@code Server.Kopuro} where we failed (decision 0005).
 */
public final class FaultCodes {

    private FaultCodes() {
    }

    public static String of(Refusal refusal, FaultDialect dialect) {
        Enum<?> code = (Enum<?>) refusal.code();
        if (code == IdentityRefusal.MEMBER_UNKNOWN || code == IdentityRefusal.PROVIDER_UNKNOWN) {
            return spell(dialect, "Server", "ClientProxy", "UNKNOWN_MEMBER");
        }
        if (code == AccessRefusal.SERVICE_UNKNOWN) {
            return spell(dialect, "Server", "ServerProxy", "UNKNOWN_SERVICE");
        }
        if (code == ExchangeRefusal.MAINTENANCE_MODE) {
            return spell(dialect, "Server", "ClientProxy", "MAINTENANCE_MODE");
        }
        if (code instanceof MetaserviceRefusal) {
            return spell(dialect, "Client", null, "INVALID_REQUEST");
        }
        if (code == AccessRefusal.SERVICE_DISABLED || code == AccessRefusal.SERVICE_UNAVAILABLE_PLANNED) {
            return spell(dialect, "Server", "ServerProxy", "SERVICE_DISABLED");
        }
        if (code == AccessRefusal.RATE_LIMITED) {
            // SOAP's Server is what may succeed later, and a Security Server has no word for it.
            return ofFailure(code.name(), dialect);
        }
        if (code instanceof AccessRefusal) {
            return spell(dialect, "Server", "ServerProxy", "ACCESS_DENIED");
        }
        return spell(dialect, "Client", null, code.name());
    }

    /** Our own failure. */
    public static String ofFailure(String name, FaultDialect dialect) {
        return spell(dialect, "Server", "Kopuro", name);
    }

    private static String spell(FaultDialect dialect, String origin, String component, String name) {
        boolean camel = dialect == FaultDialect.CAMEL_CASE;
        String middle = component == null ? "" : "." + (camel ? component : component.toLowerCase(Locale.ROOT));
        return (camel ? origin : origin.toLowerCase(Locale.ROOT)) + middle + "." + (camel ? camelCase(name) : name.toLowerCase(Locale.ROOT));
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        for (String word : name.split("_")) {
            camel.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return camel.toString();
    }
}
