package org.kopuro.testing;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Builds beans with their injected fields as the container would, around one entity manager, so that a test needs no server. */
final class Wiring {

    private final EntityManager entities;
    private final Map<Class<?>, Object> beans = new HashMap<>();
    private final Event<?> events;

    Wiring(EntityManager entities, java.util.function.Consumer<Object> observer, Object... given) {
        this.entities = entities;
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
        Object bean = beans.get(type);
        if (bean == null) {
            bean = create(type);
        }
        return type.cast(bean);
    }

    private Object create(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object bean = constructor.newInstance();
            beans.put(type, bean);
            for (Field field : type.getDeclaredFields()) {
                field.setAccessible(true);
                if (field.isAnnotationPresent(PersistenceContext.class)) {
                    field.set(bean, entities);
                } else if (field.isAnnotationPresent(Inject.class)) {
                    field.set(bean, field.getType() == Event.class ? events : get(field.getType()));
                }
            }
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
