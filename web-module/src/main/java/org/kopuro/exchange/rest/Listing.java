package org.kopuro.exchange.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How lists are told: {@code {"tokens": […], "next": …}}; {@code next} is where the following page begins and is missing behind an empty one. Items and positions are whatever
 * {@link Json#createObjectBuilder(Map)} takes: builders and values of JSON, texts, numbers.
 */
public final class Listing {

    private Listing() {
    }

    public static <T> JsonObject of(String name, List<T> items, Function<? super T, ?> json) {
        return Json.createObjectBuilder(named(name, items, json)).build();
    }

    public static <T> JsonObject of(String name, List<T> page, Function<? super T, ?> json, Function<? super T, ?> position) {
        Map<String, Object> answer = named(name, page, json);
        if (!page.isEmpty()) {
            answer.put("next", position.apply(page.get(page.size() - 1)));
        }
        return Json.createObjectBuilder(answer).build();
    }

    private static <T> Map<String, Object> named(String name, List<T> items, Function<? super T, ?> json) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(name, items.stream().map(json).toList());
        return answer;
    }
}
