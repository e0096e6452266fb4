package dev.lintel.mesh.property;

import dev.lintel.core.model.MeshModel;

/** Questions about a model, and what it and another one answer. */
interface Questions {
    /** Draws the next question; equal questions are equal. */
    Object next();

    /** Whether the dialect lists that the world answers it differently. */
    boolean isListed(Object question);

    /** What the model that was meant answers; equal answers have equal words. */
    String meant(Object question, long luck);

    /** What the model that was read back answers. */
    String made(Object question, long luck);

    /** Begins to ask; equal seeds make equal questions. */
    @FunctionalInterface
    interface Source {
        Questions of(long seed, MeshModel meant, MeshModel made);
    }
}
