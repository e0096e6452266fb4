package dev.lintel.testbed;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests on a real control plane: one for all classes of a run, and parameters of type {@link Cluster}, {@link ApiClient} or
 * {@link Namespace}, the last a new one for each test. Skipped, with the reason, where there is no Go to build it with.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("mesh")
@ExtendWith(RealClusterExtension.class)
public @interface RealCluster {}
