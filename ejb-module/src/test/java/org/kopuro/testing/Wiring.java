package org.kopuro.testing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Builds beans with their injected fields as the container would, around one entity manager, so that a test needs no server. Beans of
 * the application's scope outlive it, in the map that stands for a node's memory.
 */
final class Wiring {

    private final EntityManager entities;
    private final Map<Class<?>, Object> beans = new HashMap<>();
    private final Map<Class<?>, Object> memory;
    private final Event<?> events;

    Wiring(EntityManager entities, Map<Class<?>, Object> memory, Consumer<Object> observer, Object... given) {
        this.entities = entities;
        this.memory = memory;
        for (Object bean : given) {
            for (Class<?> type = bean.getClass(); type != Object.class; type = type.getSuperclass()) {
                beans.put(type, bean);
            }
        }
        events = (Event<?>) Proxy.newProxyInstance(Wiring.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
            observer.accept(arguments[0]);
            return null;
        });
    }

    <T> T get(Class<T> type) {
        Object bean = beans.getOrDefault(type, memory.get(type));
        if (bean == null) {
            bean = create(type);
        }
        return type.cast(bean);
    }

    /** By the constructor that the container would call. */
    private Object construct(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> chosen = null;
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.isAnnotationPresent(Inject.class) || chosen == null && constructor.getParameterCount() == 0) {
                chosen = constructor;
            }
        }
        chosen.setAccessible(true);
        return chosen.newInstance(Arrays.stream(chosen.getParameterTypes()).map(this::get).toArray());
    }

    private Object create(Class<?> type) {
        try {
            Object bean = construct(type);
            (type.isAnnotationPresent(ApplicationScoped.class) ? memory : beans).put(type, bean);
            for (Field field : type.getDeclaredFields()) {
                field.setAccessible(true);
                if (field.isAnnotationPresent(PersistenceContext.class)) {
                    field.set(bean, entities);
                } else if (field.isAnnotationPresent(Inject.class)) {
                    field.set(bean, field.getType() == Event.class ? events : get(field.getType()));
                }
            }
            return bean;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
