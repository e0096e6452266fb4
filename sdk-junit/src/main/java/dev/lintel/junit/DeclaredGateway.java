package dev.lintel.junit;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What {@link ApiGatewayTest} stands for; made by JUnit alone. Keeps nothing itself: all is with the class or the test. */
public final class DeclaredGateway
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    /** Made by JUnit. */
    public DeclaredGateway() {}

    /**
     * The gateway of a class.
     *
     * @param builder what was declared
     * @param shared the one that its tests share; null if each has its own
     */
    private record Declared(
            GatewayBuilder builder, @Nullable GatewayExtension shared) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        ApiGatewayTest said = context.getRequiredTestClass().getAnnotation(ApiGatewayTest.class);
        if (said != null) {
            GatewayBuilder builder = builder(said);
            boolean perClass = said.lifecycle() == Lifecycle.PER_CLASS;
            store(context).put(Declared.class, new Declared(builder, perClass ? builder.build() : null));
        }
        GatewayExtension shared = declared(context).shared();
        if (shared != null) {
            shared.beforeAll(context);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        GatewayExtension shared = declared(context).shared();
        if (shared != null) {
            shared.afterAll(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Declared declared = declared(context);
        GatewayExtension used = declared.shared() == null ? declared.builder().build() : declared.shared();
        store(context).put(GatewayExtension.class, used);
        used.beforeEach(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        GatewayExtension used = store(context).get(GatewayExtension.class, GatewayExtension.class);
        if (used != null) {
            used.afterEach(context);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Parts.TYPES.contains(parameter.getParameter().getType())
                && parameter.findAnnotation(FromGateway.class).isEmpty();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        GatewayExtension used = store(context).get(GatewayExtension.class, GatewayExtension.class);
        GatewayExtension running = used == null ? declared(context).shared() : used;
        if (running == null) {
            throw new ParameterResolutionException(
                    "with lifecycle = PER_METHOD the gateway starts with each test, so that"
                            + " constructors and @BeforeAll cannot have it; take it in @BeforeEach or in the test");
        }
        return running.resolveParameter(parameter, context);
    }

    private static GatewayBuilder builder(ApiGatewayTest said) {
        GatewayBuilder builder = GatewayExtension.builder();
        builder = said.audience().isEmpty() ? builder : builder.audience(said.audience());
        builder = said.issuer() ? builder : builder.withoutIssuer();
        builder = said.virtualClock() ? builder : builder.realClock();
        for (Class<? extends GatewaySetup> setup : said.setup()) {
            builder = builder.with(made(setup));
        }
        return builder;
    }

    private static GatewaySetup made(Class<? extends GatewaySetup> type) {
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw new ExtensionConfigurationException("the constructor of " + type.getName() + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new ExtensionConfigurationException(
                    type.getName() + " needs a constructor without parameters to set up a gateway", e);
        }
    }

    private static Declared declared(ExtensionContext context) {
        Declared declared = store(context).get(Declared.class, Declared.class);
        if (declared == null) {
            throw new ExtensionConfigurationException("@ApiGatewayTest is missing on "
                    + context.getRequiredTestClass().getName());
        }
        return declared;
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(DeclaredGateway.class));
    }
}
