package org.kopuro.kernel;

import jakarta.ejb.ApplicationException;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * The caller may not, or the rules say no. Expected, and told to the caller in full: a stable code, the field to look at,
 * a sentence and what to do next in three languages. Thrown where the work is undone, carried as a value where the
 * refusal itself is recorded in the same transaction.
 */
@ApplicationException(rollback = true)
public final class Refusal extends RuntimeException {

    private static final ResourceBundle.Control EXACT_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final transient RefusalCode code;
    private final String field;
    private final transient Object[] arguments;
    private final Instant retryAfter;

    private Refusal(RefusalCode code, String field, Instant retryAfter, Object... arguments) {
        // A refusal is an answer, not a fault in the program: no stack trace is filled in.
        super(code.name() + (field == null ? "" : " at " + field), null, false, false);
        this.code = code;
        this.field = field;
        this.retryAfter = retryAfter;
        this.arguments = arguments;
    }

    /** A refusal of the whole request, not of one field. */
    public static Refusal of(RefusalCode code) {
        return new Refusal(Objects.requireNonNull(code), null, null);
    }

    /**
     * @param field     where to look, in the words of the caller's message, for example {@code inn} or {@code xrd:client}
     * @param arguments what the texts mention; never a token, a card number or a third person's data. What differs by language is a map of all languages
     */
    public static Refusal of(RefusalCode code, String field, Object... arguments) {
        return new Refusal(Objects.requireNonNull(code), Objects.requireNonNull(field), null, arguments);
    }

    /** The same refusal, of what will be otherwise after a moment. */
    public Refusal retryAfter(Instant moment) {
        return new Refusal(code, field, Objects.requireNonNull(moment), arguments);
    }

    /** From when on the same may be asked for again with a prospect; empty where nobody knows. */
    public Optional<Instant> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public RefusalCode code() {
        return code;
    }

    /** Where to look, or {@code null} when the whole request is meant. */
    public String field() {
        return field;
    }

    /** What the texts mention, in their order. */
    public String argument(int index) {
        return String.valueOf(arguments[index]);
    }

    /** All of them, where they are the same in all languages. */
    public List<String> arguments() {
        return Arrays.stream(arguments).map(String::valueOf).toList();
    }

    public String sentence(Language language) {
        return text(code.name(), language);
    }

    public String whatToDo(Language language) {
        return text(code.name() + ".do", language);
    }

    private String text(String key, Language language) {
        Class<?> codes = code.getDeclaringClass();
        // The module of the enum owns the texts; its loader finds them under any application server.
        ResourceBundle bundle = ResourceBundle.getBundle(codes.getPackageName() + ".refusals", language.locale(),
                codes.getClassLoader(), EXACT_LANGUAGE);
        return new MessageFormat(bundle.getString(key), language.locale()).format(Arrays.stream(arguments).map(argument -> argument instanceof Map<?, ?> texts ? texts.get(language) : argument).toArray());
    }
}
