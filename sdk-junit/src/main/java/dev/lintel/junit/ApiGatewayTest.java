package dev.lintel.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a gateway with an authorization server, as {@link GatewayExtension} in a field does. On a
 * nested class it gives that class a gateway of its own, in place of that of the class around it.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DeclaredGateway.class)
public @interface ApiGatewayTest {
    /**
     * What is exposed, bound and registered.
     *
     * @return classes with a constructor without parameters, asked in this order
     */
    Class<? extends GatewaySetup>[] setup() default {};

    /**
     * Whom tokens are for.
     *
     * @return as the definitions say it; empty for the issuer
     */
    String audience() default "";

    /**
     * Whether an authorization server is started.
     *
     * @return if not, definitions are given an empty issuer
     */
    boolean issuer() default true;

    /**
     * Whether both servers go by a virtual clock.
     *
     * @return if not, they go by the clock of the machine
     */
    boolean virtualClock() default true;

    /**
     * How long the gateway lives.
     *
     * @return {@code PER_CLASS}, where tests take turns, or {@code PER_METHOD}, where each test has its own
     */
    Lifecycle lifecycle() default Lifecycle.PER_CLASS;
}
