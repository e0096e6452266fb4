package dev.lintel.embedded.wire;

/** Header fields that are made here rather than read. */
public final class Fields {
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

    /** Whether a name and a value can be sent. */
    public static boolean isField(CharSequence name, CharSequence value) {
        return Grammar.isToken(name) && Grammar.isFieldValue(value);
    }
}
