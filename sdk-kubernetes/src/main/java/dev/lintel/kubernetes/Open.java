package dev.lintel.kubernetes;

/**
 * Something that is not so yet.
 *
 * @param what for people: {@code endpoints of subset v2 of shop/orders}
 * @param seen how it is instead
 * @param hint what to look at
 */
record Open(String what, String seen, String hint) {}
