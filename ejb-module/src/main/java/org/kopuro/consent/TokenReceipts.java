package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kopuro.access.Catalogue;
import org.kopuro.access.ServiceView;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;
import org.kopuro.representation.Acting;
import org.kopuro.representation.Link;

/**
 * Receipts of tokens (CON-140 to CON-142), from the moment of issue on and after the end: what was agreed, on which text, through whom, and what became of it. Made when they are asked
 * for, of what is true then; never with the token, nor with any part of it.
 */
@Stateless
public class TokenReceipts {

    @Inject
    private Tokens tokens;
    @Inject
    private TokenReceiptStore store;
    @Inject
    private Participants participants;
    @Inject
    private Catalogue catalogue;
    @Inject
    private ReceiptWriter writer;

    /** For its taxpayer, or whom he lets see it. */
    public ConsentReceipt of(Acting acting, TokenId id, Language language) {
        return receipt(tokens.get(acting, id), language, TokenReceipts::told);
    }

    /** For the participant that it was made for: it is told who acted for the taxpayer, by name and in which capacity, and not their numbers and papers. */
    public ConsentReceipt of(ParticipantId holder, Contour contour, TokenId id, Language language) {
        Taxpayer taxpayer = store.taxpayerOf(id, holder, contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "token"));
        return receipt(tokens.get(taxpayer, id), language, TokenReceipts::named);
    }

    private ConsentReceipt receipt(TokenView token, Language language, Function<Link, Map<String, Object>> through) {
        TokenReceiptStore.Agreed agreed = store.agreed(token.id());
        ReceiptWriter.Subject subject = new ReceiptWriter.Subject(ConsentKind.TOKEN, token.id().value(), agreed.taxpayer().contour(), participants.get(token.participant()),
                participants.get(token.subsystem()).code());
        Map<String, Object> out = writer.begin(subject, language);
        out.put("taxpayer", Map.of("inn", agreed.taxpayer().inn().digits()));
        if (!token.chain().isEmpty()) {
            out.put("through", token.chain().stream().map(through).toList());
        }
        token.mandate().ifPresent(mandate -> out.put("mandate", mandate.value().toString()));
        out.put("services", token.services());
        out.put("purposes", purposes(token.services(), language));
        token.period().ifPresent(months -> out.put("period", Map.of("from", months.first().toString(), "to", months.last().toString())));
        token.budget().ifPresent(budget -> out.put("budget", Map.of("calls", budget.calls(), "left", budget.left())));
        out.put("text", text(agreed));
        out.put("issuedAt", token.issuedAt().toString());
        out.put("expiresAt", token.expiresAt().toString());
        out.put("state", token.state().name());
        out.put("paused", token.paused());
        token.cause().ifPresent(cause -> out.put("cause", cause));
        token.endedAt().ifPresent(at -> out.put("endedAt", at.toString()));
        token.replaces().ifPresent(former -> out.put("replaces", former.value().toString()));
        token.replacedBy().ifPresent(successor -> out.put("replacedBy", successor.value().toString()));
        return writer.end(out, subject, language, store.happened(token.id()));
    }

    /** In the language in which it was read, whatever the receipt's; shown where it is, octet for octet, what was read. */
    private static Map<String, Object> text(TokenReceiptStore.Agreed agreed) {
        String digest = HexFormat.of().formatHex(agreed.textSha256());
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("version", agreed.textVersion());
        out.put("language", agreed.textLanguage().tag());
        out.put("sha256", digest);
        ConsentText.of(agreed.textVersion(), agreed.textLanguage()).filter(text -> text.digest().equals(digest)).ifPresent(text -> out.put("text", text.text()));
        return out;
    }

    /** What the services are for, as the catalogue says. */
    private List<Map<String, Object>> purposes(List<String> services, Language language) {
        Map<String, ServiceView> all = catalogue.services().stream().collect(Collectors.toMap(ServiceView::code, Function.identity()));
        return services.stream().filter(all::containsKey).map(code -> Map.<String, Object>of("service", code, "title", all.get(code).titles().getOrDefault(language, code))).toList();
    }

    private static Map<String, Object> named(Link link) {
        return Map.of("capacity", link.capacity().name(), "name", link.name());
    }

    private static Map<String, Object> told(Link link) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("capacity", link.capacity().name());
        out.put("inn", link.inn().digits());
        out.put("name", link.name());
        out.put("ground", link.ground());
        link.mandate().ifPresent(mandate -> out.put("mandate", mandate.value().toString()));
        return out;
    }
}
