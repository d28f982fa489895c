package org.kopuro.exchange.rest;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kopuro.accounts.Role;

/** Lets nobody through to a method that does not say whom it is for, before any of the body is read. */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class Gate implements ContainerRequestFilter {

    @Context
    private ResourceInfo resource;
    @Inject
    private Person person;

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource.getResourceMethod();
        if (!everybody(method)) {
            person.actAs(permitted(method).orElseThrow(ForbiddenException::new));
        }
    }

    static boolean everybody(Method method) {
        return method.isAnnotationPresent(Permitted.class) && method.getAnnotation(Permitted.class).everybody();
    }

    /** The roles for which a method is, in the order in which they are looked for; empty where it says nothing. */
    static Optional<Set<Role>> permitted(Method method) {
        return Optional.ofNullable(method.getAnnotation(Permitted.class)).map(permitted -> {
            Set<Role> roles = new LinkedHashSet<>(List.of(permitted.value()));
            if (permitted.officials()) {
                roles.addAll(Role.OFFICIALS);
            }
            return roles;
        });
    }
}
