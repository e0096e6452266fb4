package dev.lintel.testbed.plane;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests through real sidecars and gateways: one {@link Plane} for all classes of a run, with an ingress gateway. Skipped,
 * with the reason, where there is no Go to build it with, or no right to make network namespaces.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("mesh")
@ExtendWith(RealMeshExtension.class)
public @interface RealMesh {}
