package dev.lintel.embedded.wire;

/** Header fields that are made here rather than read. */
public final class Fields {
    private Fields() {}

    /** Whether a name and a value can be sent. */
    public static boolean isField(CharSequence name, CharSequence value) {
        return Grammar.isToken(name) && Grammar.isFieldValue(value);
    }
}
