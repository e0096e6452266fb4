package dev.lintel.core.plan;

/**
 * Where a world answers differently from the standard.
 *
 * @param code a short stable name, for example {@code istio.no-token}
 * @param text what is different, for people
 */
public record Deviation(String code, String text) {}
