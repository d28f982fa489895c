package org.kopuro.exchange.rest;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * Numbers, flags and identifiers behind a question mark: what is none is refused by its name. Without this, Jakarta REST answers that the address does not exist, and takes every
 * text for a flag. In a path it does not exist indeed.
 */
@Provider
public class QueryParameters implements ParamConverterProvider {

    private static final Map<Class<?>, BiFunction<String, String, ?>> READERS = Map.of(
            int.class, QueryParameters::number, Integer.class, QueryParameters::number, long.class, QueryParameters::large, Long.class, QueryParameters::large,
            boolean.class, QueryParameters::flag, Boolean.class, QueryParameters::flag, java.util.UUID.class, Input::uuid);

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        BiFunction<String, String, ?> reader = READERS.get(type);
        return reader == null ? null : Arrays.stream(annotations).filter(QueryParam.class::isInstance).map(QueryParam.class::cast).findFirst()
                .map(named -> new Reading<T>(named.value(), reader)).orElse(null);
    }

    private record Reading<T>(String name, BiFunction<String, String, ?> reader) implements ParamConverter<T> {

        /** The type is that of the reader, as the table says; nothing stays nothing. */
        @Override
        @SuppressWarnings("unchecked")
        public T fromString(String text) {
            if (text == null) {
                return null;
            }
            try {
                return (T) reader.apply(text, name);
            } catch (Refusal refusal) {
                // The only exceptions that leave a converter as they are.
                throw new BadRequestException(refusal);
            }
        }

        @Override
        public String toString(T value) {
            return String.valueOf(value);
        }
    }

    private static Integer number(String text, String name) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, name);
        }
    }

    private static Long large(String text, String name) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, name);
        }
    }

    private static Boolean flag(String text, String name) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refusal.of(InputRefusal.FIELD_INVALID, name);
        };
    }
}
