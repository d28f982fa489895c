package org.kopuro.exchange.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.kopuro.accounts.Role;

/**
 * Whom a resource's method is for. Where that depends on what is asked, those who may ask for any of it: the method then looks closer. A method without this is
 * for nobody. Not the platform's annotations: the server has filters of its own for those, which want even {@code PermitAll} signed in.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Permitted {

    /** Whoever has several of them acts in the first. */
    Role[] value() default {};

    /** Besides those named, every role of the authority's own: most of its work is open to all its officials to read, and to no other body's people. */
    boolean officials() default false;

    /** Signed in or not. */
    boolean everybody() default false;
}
