package dev.lintel.core.plan;

import dev.lintel.core.Origin;

/**
 * What a plan does to requests, in words.
 *
 * @param text for example {@code orders.shop: newly public: GET /admin/** (was: scope admin)}
 * @param widens whether requests pass that were refused
 * @param origin the line of the definition that does it
 */
public record Effect(String text, boolean widens, Origin origin) {}
