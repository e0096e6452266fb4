package dev.lintel.embedded.authorization;

import dev.lintel.auth.store.SecretPlace;
import org.jspecify.annotations.Nullable;

/**
 * What plans have written about a client.
 *
 * @param owner whose plans it is part of
 * @param place where those plans have put its secret; null if it has none
 * @param stamp what a rotation made it with; null for none
 */
record PlanMark(
        String owner, @Nullable SecretPlace place, @Nullable String stamp) {}
