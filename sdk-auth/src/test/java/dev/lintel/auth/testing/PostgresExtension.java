package dev.lintel.auth.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that ask for {@link Postgres} one server for the whole run. Where it is not installed they are skipped,
 * unless {@code -Dlintel.postgres=required} or {@code LINTEL_POSTGRES=required} says that it must be there.
 */
public final class PostgresExtension implements ParameterResolver {
    private static final String REQUIRED = "required";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Postgres.class;
    }

    @Override
    public Postgres resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Optional<Path> programs = Postgres.programs();
        if (programs.isEmpty()) {
            String reason = "PostgreSQL is not below /usr/lib/postgresql: apt-get install postgresql";
            if (REQUIRED.equals(System.getProperty("lintel.postgres"))
                    || REQUIRED.equals(System.getenv("LINTEL_POSTGRES"))) {
                throw new IllegalStateException(reason);
            }
            return abort(reason);
        }
        return context.getRoot()
                .getStore(Namespace.create(PostgresExtension.class))
                .computeIfAbsent(Postgres.class, unused -> Postgres.start(programs.get()), Postgres.class);
    }
}
