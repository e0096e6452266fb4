package dev.lintel.embedded.wire;

import java.util.Set;

/** Header fields that are made here rather than read. */
public final class Fields {
    /** With these, authorizers and proxies for logins tell services who calls. */
    private static final Set<String> FORWARDED_USER = Set.of(
            "x-forwarded-user",
            "x-forwarded-email",
            "x-forwarded-groups",
            "x-forwarded-preferred-username",
            "x-forwarded-access-token");

    private Fields() {}

    /**
     * Whether a field says how a message is framed, whom it is for or what holds for one hop, so that nobody but a gateway
     * may change it.
     */
    public static boolean isOwned(CharSequence name) {
        Field field = Field.of(name);
        return field.fate == Field.Fate.HOP
                || field == Field.HOST
                || field == Field.CONTENT_LENGTH
                || field == Field.TRANSFER_ENCODING
                || "trailer".contentEquals(name);
    }

    /**
     * Whether a field of a request says by which way it came, or puts another target in place of the one that was decided:
     * that is for the gateway to say, and for nobody whom it asks.
     */
    public static boolean isOurs(String name) {
        Field field = Field.of(name);
        return field.fate == Field.Fate.OURS && field != Field.X_ENVOY && !isForwardedUser(name);
    }

    /** Whether a field tells a service who has logged in. */
    public static boolean isForwardedUser(String name) {
        return FORWARDED_USER.contains(name);
    }

    /** Whether a name and a value can be sent. */
    public static boolean isField(CharSequence name, CharSequence value) {
        return Grammar.isToken(name) && Grammar.isFieldValue(value);
    }
}
