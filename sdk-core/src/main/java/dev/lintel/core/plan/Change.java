package dev.lintel.core.plan;

/** What happens to one object of the world. */
public sealed interface Change {
    /**
     * The object.
     *
     * @return kind and name, for example {@code VirtualService shop/orders}
     */
    String object();

    /**
     * It is made.
     *
     * @param object kind and name
     * @param text what it will say
     */
    record Create(String object, String text) implements Change {}

    /**
     * It is changed.
     *
     * @param object kind and name
     * @param diff a unified diff of what it says
     */
    record Update(String object, String diff) implements Change {}

    /**
     * It is removed.
     *
     * @param object kind and name
     */
    record Delete(String object) implements Change {}

    /**
     * It stays as it is.
     *
     * @param object kind and name
     */
    record Keep(String object) implements Change {}
}
