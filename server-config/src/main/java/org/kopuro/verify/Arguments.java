package org.kopuro.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Words of a command line: what is named, and options.
 *
 * @param options the values of each, in their order; of a flag an empty text
 */
public record Arguments(List<String> named, Map<String, List<String>> options) {

    private static final String PREFIX = "--";

    /**
     * @param valued     options with a value
     * @param repeatable those of them that may be given more than once
     * @param flags      options without a value
     */
    public static Arguments of(List<String> words, Set<String> valued, Set<String> repeatable, Set<String> flags) throws WrongUse {
        List<String> named = new ArrayList<>();
        Map<String, List<String>> options = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith(PREFIX)) {
                named.add(word);
                continue;
            }
            String name = word.substring(PREFIX.length());
            if (!valued.contains(name) && !flags.contains(name)) {
                throw new WrongUse(word + " is not an option that is known.");
            }
            List<String> values = options.computeIfAbsent(name, unused -> new ArrayList<>());
            if (!values.isEmpty() && !repeatable.contains(name)) {
                throw new WrongUse(word + " is given twice.");
            }
            if (valued.contains(name) && i + 1 == words.size()) {
                throw new WrongUse(word + " needs a value.");
            }
            values.add(flags.contains(name) ? "" : words.get(++i));
        }
        return new Arguments(named, options);
    }

    public List<String> all(String name) {
        return options.getOrDefault(name, List.of());
    }

    public Optional<String> one(String name) {
        return all(name).stream().findFirst();
    }

    public boolean has(String name) {
        return options.containsKey(name);
    }

    /** Values of an option that are whole numbers from 0. */
    public List<Long> numbers(String name) throws WrongUse {
        List<Long> numbers = new ArrayList<>();
        for (String text : all(name)) {
            if (!text.matches("\\d{1,18}")) {
                throw new WrongUse(PREFIX + name + " needs a whole number.");
            }
            numbers.add(Long.parseLong(text));
        }
        return numbers;
    }
}
