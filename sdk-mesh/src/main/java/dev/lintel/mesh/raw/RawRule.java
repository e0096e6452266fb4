package dev.lintel.mesh.raw;

import dev.lintel.core.Origin;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.GuardRule;
import java.time.InstantSource;

/** A raw field in a model. It speaks about objects: a world without objects refuses it. */
record RawRule(RawField field, Origin origin) implements GuardRule {
    @Override
    public String kind() {
        return RawField.KIND;
    }

    @Override
    public String describe() {
        return (field.value() == null ? "without " : "sets ") + field.object() + " " + field.path();
    }

    @Override
    public boolean needsObjects() {
        return true;
    }

    /** Whoever decides requests by this model knows nothing of the field, and so lets none through. */
    @Override
    public Guard start(InstantSource clock) {
        return call -> new Guard.Refusal(500, RawField.KIND + " means nothing here", null);
    }
}
