package dev.lintel.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of which gateway a parameter is, where a test has several: the one that was {@linkplain GatewayBuilder#name named} so. */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface FromGateway {
    /**
     * The name.
     *
     * @return as it was given to the builder
     */
    String value();
}
