package org.kopuro.exchange.rest;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.kopuro.exchange.operations.StopKind;

/** When the method has answered, calls are stopped: how long that takes is measured (CON-73). */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Stops {

    StopKind value();
}
